import BotCore

/// Reads the `Retry-After` header (RFC 9110, 10.2.3): seconds, or the date from which on to try again.
enum RetryAfter {
    /// More is never waited for; it only keeps the arithmetic in bounds.
    private static let longest = Duration.seconds(24 * 60 * 60)
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// How long to wait from `now` on; nil for what is neither. A date in the past means no wait.
    static func pause(_ header: String, now: Timestamp) -> Duration? {
        let text = header.split(separator: " ").joined(separator: " ")
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // Too long a number is still a number.
            return Int(text).map { min(.seconds(min($0, 1_000_000)), longest) } ?? longest
        }
        return date(text).map { min(max($0 - now, .zero), longest) }
    }

    /// The one form of date that is still generated: `Wed, 21 Oct 2026 07:28:00 GMT`.
    private static func date(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]), (1970...9999).contains(year)
        else { return nil }
        let time = parts[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2]) else {
            return nil
        }
        // Years are counted from March on, so that the leap day is the last of its year.
        let marchYear = month < 2 ? year - 1 : year
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        let dayOfYear = (153 * ((month + 10) % 12) + 2) / 5 + day - 1
        let days = marchYear * 365 + leapDays + dayOfYear - 719_468
        return Timestamp(seconds: days * 86_400 + time[0] * 3600 + time[1] * 60 + time[2])
    }
}
