/// A line of text in pieces that every platform can render in its own way, each piece escaped for it.
package struct RichText: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package enum Span: Hashable, Sendable {
        case plain(String)
        case strong(String)
        case code(String)
        /// A mention of a person who is listed, by an account of theirs: it tells them of the message. Where the platform
        /// cannot mention the account, the name stands there.
        case mention(Account, name: String)
        /// A mention of a user group of the platform: it tells all its members.
        case group(UserGroup, name: String)
        /// A channel, under the name that its platform shows.
        case channel(Channel)
        /// A moment, shown in the reader's own time zone where the platform can.
        case time(Timestamp)
        /// A message of the bot's own, under a label.
        case link(PostLink, label: String)
    }

    package var spans: [Span]

    package init(_ spans: [Span]) { self.spans = spans }
    package init(stringLiteral value: String) { spans = [.plain(value)] }

    /// Text in which pieces between back-ticks are code, as the sentences of errors and refusals have it. A moment between
    /// back-ticks (``Timestamp/description``) is shown as one.
    package init(marked text: String) {
        // Most sentences mark nothing.
        guard text.utf8.contains(UInt8(ascii: "`")) else {
            spans = text.isEmpty ? [] : [.plain(text)]
            return
        }
        let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
        // An odd number of back-ticks is somebody's text, not our marking.
        guard pieces.count % 2 == 1 else {
            spans = [.plain(text)]
            return
        }
        spans = pieces.enumerated().compactMap { index, piece in
            guard !piece.isEmpty else { return nil }
            guard index % 2 == 1 else { return .plain(String(piece)) }
            return Timestamp(piece).map(Span.time) ?? .code(String(piece))
        }
    }

    package static func + (left: Self, right: Self) -> Self { Self(left.spans + right.spans) }

    /// The text without any formatting.
    package var plain: String {
        spans.map { span in
            switch span {
            case .plain(let text), .strong(let text), .code(let text): text
            case .mention(_, let name), .group(_, let name): name
            case .channel(let channel): channel.description
            case .time(let moment): moment.readable
            case .link(let link, let label): "\(label) (\(link.url))"
            }
        }.joined()
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var spans: [Span] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}
        package mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { spans.append(.plain(literal)) } }
        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            spans.append(.plain("\(value)"))
        }
        package mutating func appendInterpolation(strong value: some CustomStringConvertible) {
            spans.append(.strong("\(value)"))
        }
        package mutating func appendInterpolation(code value: some CustomStringConvertible) {
            spans.append(.code("\(value)"))
        }
        /// Names somebody, without a mention: whoever need not act is not called.
        package mutating func appendInterpolation(_ actor: Actor) { spans.append(.plain(actor.shownName)) }
        package mutating func appendInterpolation(_ channel: Channel) { spans.append(.channel(channel)) }
        package mutating func appendInterpolation(_ moment: Timestamp) { spans.append(.time(moment)) }
        package mutating func appendInterpolation(_ text: RichText) { spans += text.spans }
        package mutating func appendInterpolation(_ label: String, to link: PostLink) {
            spans.append(.link(link, label: label))
        }
    }

    package init(stringInterpolation: StringInterpolation) { spans = stringInterpolation.spans }
}

extension RichText {
    /// The accounts that it mentions, in their order.
    package var mentions: [Account] {
        spans.compactMap { if case .mention(let account, _) = $0 { account } else { nil } }
    }

    /// Joins texts as a list in a sentence: `bob, carol or dave`.
    package init(listing texts: [RichText], last word: String) {
        let others = Array(texts.dropLast().map(\.spans).joined(separator: [.plain(", ")]))
        let last = texts.last?.spans ?? []
        self.init(others.isEmpty ? last : others + [.plain(" \(word) ")] + last)
    }
}
