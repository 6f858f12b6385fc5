import BotCore
import ChatKit

/// Writes text in Slack's `mrkdwn`. Whatever a person or the cluster API wrote stays text.
///
/// `&`, `<` and `>` have escapes, and without `<` there is no mention, link or date. `*`, `_`, `~`, back-ticks, `>` at the
/// start of a line and `:emoji:` have none. They are replaced by characters that look the same, and only where they
/// could work. An invisible character beside them would look even closer, but whether it stops the formatting depends
/// on what Slack's parser takes for the edge of a word, and it would be copied along.
///
/// Characters that are invisible or turn the direction of the text are shown as `\u{202E}`.
struct SlackMarkup {
    /// The workspace whose accounts are mentioned; others are named.
    let workspace: String
    /// Whether line breaks stay. If not, each becomes a space, so that a value cannot pretend to be a line of the
    /// bot's.
    var keepsLines = true

    func text(_ rich: RichText) -> String {
        var text = ""
        for span in Self.merged(rich.spans) {
            switch span {
            case .plain(let piece): text += escaped(piece, startsLine: Self.isAtLineStart(text))
            case .strong(let piece): text += strong(piece)
            case .code(let piece): text += code(piece)
            case .mention(let account, let name):
                text += mention(account, name: name, startsLine: Self.isAtLineStart(text))
            case .group(let group, let name):
                let isOurs = group.platform == SlackSettings.platformName && group.workspace == workspace
                text +=
                    isOurs && SlackReceiver.isID(group.id)
                    ? "<!subteam^\(group.id)>" : escaped(Self.oneLine(name), startsLine: Self.isAtLineStart(text))
            case .channel(let channel): text += link(to: channel)
            case .time(let moment): text += time(moment)
            case .link(let link, let label): text += self.link(link, label)
            }
        }
        return text
    }

    /// Writes a channel as a link that shows its name; as code where it is none of this workspace. Conversations with one
    /// person have no name.
    private func link(to channel: Channel) -> String {
        let isOurs = channel.platform == SlackSettings.platformName && channel.workspace == workspace
        guard isOurs, SlackReceiver.isID(channel.id), !channel.id.hasPrefix("D") else { return code("\(channel)") }
        return "<#\(channel.id)>"
    }

    /// Joins neighbouring plain spans, which must be escaped together: an interpolated name between two colons is an
    /// emoji, too.
    private static func merged(_ spans: [RichText.Span]) -> [RichText.Span] {
        spans.reduce(into: []) { merged, span in
            if case .plain(let next) = span, case .plain(let last) = merged.last {
                merged[merged.count - 1] = .plain(last + next)
            } else {
                merged.append(span)
            }
        }
    }

    /// Writes bold text. Blanks go outside of the asterisks: beside a blank an asterisk stays one. It goes by Unicode
    /// scalars: a mark on a blank is no blank.
    private func strong(_ piece: String) -> String {
        let words = escaped(Self.oneLine(piece), startsLine: true)
        let isText = { (scalar: Unicode.Scalar) in scalar != " " }
        guard let first = words.unicodeScalars.firstIndex(where: isText),
            let last = words.unicodeScalars.lastIndex(where: isText)
        else { return words }
        let end = words.unicodeScalars.index(after: last)
        return "\(words[..<first])*\(words[first..<end])*\(words[end...])"
    }

    /// Writes code. Between back-ticks only `&`, `<`, `>` and the back-tick have a meaning.
    private func code(_ piece: String) -> String {
        let inner = VisibleText.text(piece, keepsLines: false)
        if inner.trimmed.isEmpty { return inner }
        var code = "`"
        for scalar in inner.unicodeScalars {
            if scalar == "`" { code += Self.likeBacktick } else { code += Self.entity(scalar) ?? String(scalar) }
        }
        return code + "`"
    }

    /// Writes a mention, or the name with the account beside it: a name alone does not say which account it is.
    private func mention(_ account: Account, name: String, startsLine: Bool) -> String {
        if account.platform == SlackSettings.platformName, account.workspace == workspace,
            SlackReceiver.isID(account.user)
        {
            return "<@\(account.user)>"
        }
        return escaped(Self.oneLine("\(name) (\(account))"), startsLine: startsLine)
    }

    private func time(_ moment: Timestamp) -> String {
        "<!date^\(moment.seconds)^{date_short_pretty} {time}|\(moment.readable)>"
    }

    /// Writes a link. Its label is escaped as text; what could end it early is not in the address (``PostLink``).
    private func link(_ link: PostLink, _ label: String) -> String {
        let url = link.url.unicodeScalars.map { Self.entity($0) ?? String($0) }.joined()
        let words = escaped(Self.oneLine(label), startsLine: false).replacing("|", with: "\u{2223}")
        return words.trimmed.isEmpty ? "<\(url)>" : "<\(url)|\(words)>"
    }

    private static func oneLine(_ text: String) -> String { VisibleText.text(text, keepsLines: false) }

    private static func isAtLineStart(_ text: String) -> Bool {
        text.unicodeScalars.reversed().first { $0 != " " }.map { $0 == "\n" } ?? true
    }
}

extension SlackMarkup {
    private static let likeBacktick = "\u{02CB}"

    private static func entity(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: nil
        }
    }

    private func escaped(_ text: String, startsLine: Bool) -> String {
        let scalars = Array(VisibleText.text(text, keepsLines: keepsLines).unicodeScalars)
        var escaped: [UInt8] = []
        escaped.reserveCapacity(scalars.count + 16)
        var isAtLineStart = startsLine
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "*": escaped += "\u{2217}".utf8
            case "~": escaped += "\u{223C}".utf8
            case "`": escaped += Self.likeBacktick.utf8
            case "_" where !Self.isInsideWord(index, scalars): escaped += "\u{02CD}".utf8
            case ":" where Self.opensEmoji(index, scalars): escaped += "\u{2236}".utf8
            case ">" where isAtLineStart: escaped += "\u{203A}".utf8
            case "&", "<", ">": escaped += (Self.entity(scalar) ?? "").utf8
            case "\0"..."\u{7F}": escaped.append(UInt8(scalar.value))
            default: escaped += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
            isAtLineStart = scalar == "\n" || (isAtLineStart && scalar == " ")
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// Returns whether an underscore is inside a word: `scale_cluster` is a word to Slack; `_scale_` is in italics.
    /// Only ASCII counts as part of a word here, whatever Slack counts.
    private static func isInsideWord(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        index > 0 && index + 1 < scalars.count && scalars[index - 1].isASCIIAlphanumeric
            && scalars[index + 1].isASCIIAlphanumeric
    }

    /// A length that no name of an emoji exceeds.
    private static let longestEmoji = 100
    private static let numberEmoji: Set<String> = ["100", "1234"]

    private static func opensEmoji(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        // The second of two colons opens an emoji as well, and then the first must not hide it.
        let after = scalars[(index + 1)...].prefix(longestEmoji + 1).drop { $0 == ":" }
        let name = after.prefix { $0 != ":" && !$0.endsEmojiName }
        guard !name.isEmpty, name.endIndex < scalars.count, scalars[name.endIndex] == ":" else { return false }
        // The colons of a time of day stay: only two emoji have a number as their name.
        return name.contains { !("0"..."9").contains($0) } || numberEmoji.contains(name.map(String.init).joined())
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case "0"..."9", "a"..."z", "A"..."Z": true
        default: false
        }
    }

    fileprivate var endsEmojiName: Bool { properties.isWhitespace || "/<>&()[]{}\"`".unicodeScalars.contains(self) }
}
