import BotCore

/// Reads the `Retry-After` header (RFC 9110, 10.2.3): seconds, or the date from which on to try again.
enum RetryAfter {
    /// The longest pause. Nobody waits for so long; it only keeps the arithmetic in bounds.
    private static let longest = Duration.seconds(24 * 60 * 60)

    /// The time to wait from `now` on; nil for a text that is neither. A date in the past means no wait.
    static func pause(_ header: String, now: Timestamp) -> Duration? {
        let text = header.split(separator: " ").joined(separator: " ")
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // Too long a number is still a number.
            return Int(text).map { min(.seconds(min($0, 1_000_000)), longest) } ?? longest
        }
        return Timestamp(httpDate: text).map { min(max($0 - now, .zero), longest) }
    }
}
