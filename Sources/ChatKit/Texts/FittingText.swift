import BotCore

/// Makes texts fit into a platform's limits.
///
/// It cuts in the middle: a message about a result ends with the number and hash of its history entry, which others
/// check. A mention or a date is cut out whole, never in two.
package enum FittingText {
    /// The longest end that is kept.
    private static let longestEnd = 160
    /// The longest line for notifications and screen readers, in characters that are seen.
    private static let longestNotification = 150
    /// The end of such a line that is kept: a change's number, who asked, and the place in the history.
    private static let endOfNotification = 60

    /// Returns the line for notifications and screen readers of a message whose blocks say the whole.
    package static func notification(_ text: RichText) -> RichText {
        guard text.plain.count > longestNotification else { return text }
        let units = units(of: text)
        var fits = longestNotification - 1
        // A mention or a date is one unit, and longer.
        while fits > 0, cut(units, to: fits, keeping: endOfNotification).plain.count > longestNotification { fits -= 1 }
        return cut(units, to: fits, keeping: endOfNotification)
    }

    /// Returns the text as `render` writes it, or as much of it as has at most `limit` UTF-16 units. A platform may not
    /// say in which unit it counts; UTF-16 never gives a smaller number than characters or scalars.
    ///
    /// - Parameter render: writes a text. For more text it must never write less.
    package static func fitting(_ text: RichText, limit: Int, render: (RichText) -> String) -> String {
        let whole = render(text)
        if whole.utf16.count <= limit { return whole }
        let units = units(of: text)
        // A unit is never shorter when it is rendered, so more than `limit` of them cannot fit.
        var fits = 0
        var tooMany = min(units.count, limit) + 1
        while tooMany - fits > 1 {
            let middle = (fits + tooMany) / 2
            if render(cut(units, to: middle)).utf16.count <= limit { fits = middle } else { tooMany = middle }
        }
        return render(cut(units, to: fits))
    }

    /// Returns one span for each character that a person sees, and for each mention, channel, date and link.
    private static func units(of text: RichText) -> [RichText.Span] {
        text.spans.flatMap { span -> [RichText.Span] in
            switch span {
            case .plain(let text): text.map { .plain(String($0)) }
            case .strong(let text): text.map { .strong(String($0)) }
            case .code(let text): text.map { .code(String($0)) }
            case .mention, .group, .channel, .time, .link: [span]
            }
        }
    }

    private static func cut(_ units: [RichText.Span], to count: Int, keeping longest: Int? = nil) -> RichText {
        let end = longest.map { min(count, $0) } ?? min(count / 4, longestEnd)
        let kept = Array(units.prefix(count - end)) + [.plain("…")] + Array(units.suffix(end))
        return RichText(
            kept.reduce(into: []) { joined, unit in
                switch (joined.last, unit) {
                case (.plain(let first), .plain(let second)): joined[joined.count - 1] = .plain(first + second)
                case (.strong(let first), .strong(let second)): joined[joined.count - 1] = .strong(first + second)
                case (.code(let first), .code(let second)): joined[joined.count - 1] = .code(first + second)
                default: joined.append(unit)
                }
            }
        )
    }
}
