import Foundation

/// Hours of each day, by the clocks of one time zone, in which people are not woken.
package struct QuietHours: Hashable, Sendable {
    /// Minutes from midnight; an end that is not after the begin is on the next day.
    package let from: Int
    package let to: Int
    package let zone: TimeZone

    package init(from: Int, to: Int, zone: TimeZone) {
        self.from = from
        self.to = to
        self.zone = zone
    }

    private static let minutesOfDay = 24 * 60

    /// Returns whether a moment is within them. The first minute is, the last is not.
    package func contains(_ moment: Timestamp) -> Bool {
        let minute = minute(of: moment)
        return from < to ? (from..<to).contains(minute) : minute >= from || minute < to
    }

    /// Returns the moment at which they end; nil for a moment that is not within them.
    package func end(after moment: Timestamp) -> Timestamp? {
        guard contains(moment) else { return nil }
        // Looked up minute by minute, so that a change to or from daylight saving time needs no rule of its own.
        let start = moment.milliseconds - moment.milliseconds % 60_000
        return (1...Self.minutesOfDay + 120).lazy.map { Timestamp(milliseconds: start + $0 * 60_000) }
            .first { !contains($0) }
    }

    private func minute(of moment: Timestamp) -> Int {
        let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        let local = moment.milliseconds / 1000 + zone.secondsFromGMT(for: date)
        return (local / 60) % Self.minutesOfDay
    }
}
