extension Timestamp {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    /// The weekdays, beginning with that of 1 January 1970.
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// The moment as HTTP writes it, without milliseconds (RFC 9110, 5.6.7): `Wed, 21 Oct 2026 07:28:00 GMT`.
    package var httpDate: String {
        let (days, second) = seconds.quotientAndRemainderRoundingDown(by: 86_400)
        let weekday = Self.weekdays[days.quotientAndRemainderRoundingDown(by: 7).1]
        let date = CivilDate(daysSince1970: days)
        func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return "\(weekday), \(twoDigits(date.day)) \(Self.months[date.month - 1]) \(date.year) \(time) GMT"
    }

    /// Reads the one form of HTTP date that is still generated (RFC 9110, 5.6.7): `Wed, 21 Oct 2026 07:28:00 GMT`.
    package init?(httpDate text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]),
            let month = Self.months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
            (1970...9999).contains(year), let date = CivilDate(year: year, month: month + 1, day: day)
        else { return nil }
        let time = parts[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2]) else {
            return nil
        }
        self.init(seconds: date.daysSince1970 * 86_400 + time[0] * 3600 + time[1] * 60 + time[2])
    }
}
