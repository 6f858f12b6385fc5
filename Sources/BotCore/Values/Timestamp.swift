/// A moment of wall-clock time, in whole milliseconds since 1970 UTC. Stored and compared; never used to measure.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let milliseconds: Int

    package init(milliseconds: Int) { self.milliseconds = milliseconds }
    package init(seconds: Int) { milliseconds = seconds * 1000 }

    /// Whole seconds since 1970, rounded down.
    package var seconds: Int { milliseconds.quotientAndRemainderRoundingDown(by: 1000).0 }

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
    package static func + (moment: Self, span: Duration) -> Self {
        Self(milliseconds: moment.milliseconds + span.wholeMilliseconds)
    }
    package static func - (later: Self, earlier: Self) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-23T03:04:05.678Z`.
    package var description: String {
        let (days, millisecondOfDay) = milliseconds.quotientAndRemainderRoundingDown(by: 86_400_000)
        let date = Self.civilDate(daysSince1970: days)
        let second = millisecondOfDay / 1000
        let day = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        let time = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        return "\(day)T\(time).\(padded(millisecondOfDay % 1000, 3))Z"
    }

    /// The Gregorian date of a day number, by counting 400-year eras that begin on 1 March.
    private static func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainderRoundingDown(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int {
    fileprivate func quotientAndRemainderRoundingDown(by divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Duration {
    /// The span in milliseconds, rounded down.
    package var wholeMilliseconds: Int {
        let (milliseconds, _) = Int(components.attoseconds).quotientAndRemainderRoundingDown(by: 1_000_000_000_000_000)
        return Int(components.seconds) * 1000 + milliseconds
    }

    /// The span in seconds, for metrics and texts.
    package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

    /// As people say it: `45 s`, `15 min`, `2 h`, `30 days`.
    package var spoken: String {
        let seconds = max(0, Int(components.seconds))
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86400) days"
        }
    }
}
