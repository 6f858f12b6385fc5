import FoundationEssentials

extension SimulatedSlack {
    private static let mostMessagesOnPage = 999

    /// One page of a channel, newest message first. With `oldest` alone the pages go forward from there; else they go back
    /// from the newest.
    func conversationsHistory(_ arguments: SlackArguments) -> SlackResult {
        guard let id = arguments.string("channel"), let channel = state.channel(id) else {
            return .error("channel_not_found")
        }
        let scope = channel.isDirect ? "im:history" : channel.isPrivate ? "groups:history" : "channels:history"
        guard workspace.scopes.contains(scope) else { return .error("missing_scope") }
        guard channel.members.contains(workspace.botUserID) else {
            return .error(channel.isPrivate ? "channel_not_found" : "not_in_channel")
        }
        guard let limit = arguments.string("limit").map(Int.init) ?? 100, (1...Self.mostMessagesOnPage).contains(limit)
        else { return .error("invalid_limit") }
        let (oldest, latest) = (arguments.string("oldest"), arguments.string("latest"))
        for (name, bound) in [("oldest", oldest), ("latest", latest)] where bound.map({ Double($0) == nil }) ?? false {
            return .error("invalid_ts_\(name)")
        }
        let isInclusive = Self.isOn(arguments.string("inclusive"))
        var found = state.messages.filter { message in
            guard message.channel == id, message.kind == .message, message.visibleTo == nil, !message.isDeleted,
                message.threadTS.map({ $0 == message.ts }) ?? true
            else { return false }
            let isLateEnough = oldest.map { Self.isEarlier($0, message.ts) || isInclusive && $0 == message.ts } ?? true
            let isEarlyEnough = latest.map { Self.isEarlier(message.ts, $0) || isInclusive && $0 == message.ts } ?? true
            return isLateEnough && isEarlyEnough
        }
        let isForward = oldest != nil && latest == nil
        if !isForward { found.reverse() }
        if let cursor = arguments.string("cursor") {
            guard let behind = Self.ts(ofCursor: cursor), let index = found.firstIndex(where: { $0.ts == behind })
            else {
                return .error("invalid_cursor")
            }
            found.removeFirst(index + 1)
        }
        var page = Array(found.prefix(limit))
        let next = page.count < found.count ? page.last?.ts : nil
        if isForward { page.reverse() }
        let hasMetadata = Self.isOn(arguments.string("include_all_metadata"))
        var reply: [String: SandboxJSON] = [
            "messages": .array(
                page.map { message in
                    var message = message
                    if !hasMetadata { message.metadata = nil }
                    return object(message)
                }
            ), "has_more": .bool(next != nil), "pin_count": 0,
        ]
        if let next { reply["response_metadata"] = ["next_cursor": .string(Self.cursor(ofTS: next))] }
        return .ok(reply)
    }

    /// Puts a message into a channel that somebody else has written: a person, or another app.
    package func plant(_ text: String, by author: SlackAuthor, in channel: String, metadata: SandboxJSON? = nil) {
        var message = SlackMessage(
            channel: channel,
            ts: nextTS(),
            kind: .message,
            author: author.user,
            visibleTo: nil,
            text: text
        )
        message.bot = author.bot
        message.metadata = metadata
        keep(message)
    }

    /// Puts many messages of one author into a channel at once. They are not in the journal.
    package func plant(_ count: Int, by author: SlackAuthor, in channel: String) {
        for number in 1...max(1, count) {
            state.messages.append(
                SlackMessage(
                    channel: channel,
                    ts: nextTS(),
                    kind: .message,
                    author: author.user,
                    visibleTo: nil,
                    text: "message \(number)"
                )
            )
        }
    }

    /// Edits a message of the app, as the app itself or a tool with its token does.
    package func edit(_ ts: String, in channel: String, metadata: SandboxJSON) {
        guard let index = state.index(ofMessage: ts, in: channel) else { return }
        var message = state.messages[index]
        message.metadata = metadata
        message.edited = nextTS()
        keep(message)
    }

    /// Removes everything from a channel, as an administrator or a retention rule does.
    package func empty(_ channel: String) {
        for message in state.messages where message.channel == channel && !message.isDeleted {
            var message = message
            message.isDeleted = true
            keep(message)
        }
    }

    private static func isOn(_ value: String?) -> Bool { value == "true" || value == "1" }

    private static func isEarlier(_ left: String, _ right: String) -> Bool {
        let (left, right) = (padded(left), padded(right))
        return left < right
    }

    /// Makes the digits in front of the point as many as there can be.
    private static func padded(_ ts: String) -> String {
        let whole = ts.prefix { $0 != "." }
        return String(repeating: "0", count: max(0, 12 - whole.count)) + ts
    }

    private static func cursor(ofTS ts: String) -> String { Data("next_ts:\(ts)".utf8).base64EncodedString() }

    private static func ts(ofCursor cursor: String) -> String? {
        guard let data = Data(base64Encoded: cursor) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        return text.hasPrefix("next_ts:") ? String(text.dropFirst("next_ts:".count)) : nil
    }
}
