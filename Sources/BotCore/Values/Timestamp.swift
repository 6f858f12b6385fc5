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
        let date = CivilDate(daysSince1970: days)
        let second = millisecondOfDay / 1000
        var text: [UInt8] = []
        text.reserveCapacity(24)
        text.append(padded: date.year, 4, "-")
        text.append(padded: date.month, 2, "-")
        text.append(padded: date.day, 2, "T")
        text.append(padded: second / 3600, 2, ":")
        text.append(padded: second / 60 % 60, 2, ":")
        text.append(padded: second % 60, 2, ".")
        text.append(padded: millisecondOfDay % 1000, 3, "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// As people read it where nothing shows it in their own zone: `2026-11-23 03:04 UTC`.
    package var readable: String { "\(description.prefix(16).replacing("T", with: " ")) UTC" }
}

extension [UInt8] {
    /// Adds a number's digits, with zeros in front up to a width, and what ends it.
    fileprivate mutating func append(padded number: Int, _ width: Int, _ end: Unicode.Scalar) {
        defer { append(UInt8(ascii: end)) }
        var power = 1
        for _ in 1..<width { power *= 10 }
        guard (0..<(power * 10)).contains(number) else { return self += String(number).utf8 }
        while power > 0 {
            append(UInt8(ascii: "0") + UInt8(number / power % 10))
            power /= 10
        }
    }
}

extension Int {
    func quotientAndRemainderRoundingDown(by divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Duration {
    /// The span in milliseconds, rounded down.
    package var wholeMilliseconds: Int {
        let (milliseconds, _) = Int(components.attoseconds).quotientAndRemainderRoundingDown(by: 1_000_000_000_000_000)
        let (thousands, isTooMuch) = Int(components.seconds).multipliedReportingOverflow(by: 1000)
        guard !isTooMuch else { return components.seconds < 0 ? .min : .max }
        return thousands + milliseconds
    }

    /// The span in seconds, for metrics and texts.
    package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

    /// The span as people say it: `45 s`, `15 min`, `2 h`, `30 days`.
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
