import BotCore
import Foundation

/// A day and a time of it as the clocks of a time zone show them, without seconds.
package struct LocalTime: Hashable, Sendable {
    package let date: CivilDate
    /// Minutes from midnight, below 1440.
    package let minute: Int

    package init(date: CivilDate, minute: Int) {
        self.date = date
        self.minute = minute
    }

    /// The time that the clocks of a zone show at a moment; seconds are dropped.
    package init(_ moment: Timestamp, in zone: TimeZone) {
        let local = moment.seconds + zone.seconds(at: moment.seconds)
        let days = Int((Double(local) / 86_400).rounded(.down))
        date = CivilDate(daysSince1970: days)
        minute = (local - days * 86_400) / 60
    }

    /// Returns the moments at which the clocks of a zone show it: mostly one, none where they are put forward over it, two
    /// where they are put back over it. Earliest first.
    package func moments(in zone: TimeZone) -> [Timestamp] {
        offsets(in: zone).map { seconds - $0 }.filter { $0 + zone.seconds(at: $0) == seconds }.sorted()
            .map(Timestamp.init(seconds:))
    }

    /// The time that the clocks show instead where they are put forward over it, for a message.
    func shown(insteadIn zone: TimeZone) -> LocalTime {
        // Read by the clocks as they went before.
        LocalTime(Timestamp(seconds: seconds - (offsets(in: zone).min() ?? 0)), in: zone)
    }

    /// As if the clocks showed UTC.
    private var seconds: Int { date.daysSince1970 * 86_400 + minute * 60 }

    /// The offsets that the zone has around it. No zone is further than 14 hours from UTC, and none moves its clocks twice
    /// in two days.
    private func offsets(in zone: TimeZone) -> Set<Int> {
        Set([-86_400, 0, 86_400].map { zone.seconds(at: seconds + $0) })
    }
}

extension LocalTime: CustomStringConvertible {
    /// `2026-12-30 18:00`
    package var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2)) "
            + "\(padded(minute / 60, 2)):\(padded(minute % 60, 2))"
    }
}

extension TimeZone {
    fileprivate func seconds(at second: Int) -> Int {
        secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }
}

extension Field {
    /// Reads a moment as the clocks of a zone show it, `2026-12-30 18:00`. One that they never show, or show twice, is a
    /// mistake.
    package func localMoment(in zone: TimeZone) -> Timestamp? {
        let what = "a day and a time such as `2026-12-30 18:00`, by the clocks of the zone"
        guard let text = scalar(what) else { return nil }
        guard let time = LocalTime(written: text) else {
            problem("\(name) must be \(what): year, month and day that exist, a space, and `00:00` to `23:59`")
            return nil
        }
        let moments = time.moments(in: zone)
        guard moments.count == 1, let moment = moments.first else {
            let other = time.shown(insteadIn: zone)
            problem(
                moments.isEmpty
                    ? "`\(time)` does not exist in \(zone.identifier): the clocks are put forward over it; write `\(other)`"
                    : "`\(time)` is there twice in \(zone.identifier), because the clocks are put back over it; choose a "
                        + "time an hour earlier or later, or write it in `zone: UTC`: "
                        + moments.map { "`\(LocalTime($0, in: .gmt))`" }.joined(separator: " or ")
            )
            return nil
        }
        return moment
    }
}

extension LocalTime {
    /// Reads exactly the form of ``description``, from 2000 to 2200.
    fileprivate init?(written text: String) {
        let halves = text.split(separator: " ", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let day = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        let clock = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard day.map(\.utf8.count) == [4, 2, 2], clock.map(\.utf8.count) == [2, 2],
            let year = Int(asciiDigits: day[0]), let month = Int(asciiDigits: day[1]),
            let number = Int(asciiDigits: day[2]),
            let hour = Int(asciiDigits: clock[0]), let minute = Int(asciiDigits: clock[1]), hour < 24, minute < 60,
            (2000...2200).contains(year), let date = CivilDate(year: year, month: month, day: number)
        else { return nil }
        self.init(date: date, minute: hour * 60 + minute)
    }
}
