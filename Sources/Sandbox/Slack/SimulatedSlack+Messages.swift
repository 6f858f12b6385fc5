extension SimulatedSlack {
    /// Slack cuts the text of a new message here …
    private static let longestText = 40_000
    /// … and refuses to edit a message into more than this.
    private static let longestUpdate = 4_000

    /// The checked parts of a message.
    struct Content {
        var text: String
        var blocks: SandboxJSON
        var metadata: SandboxJSON?
    }

    /// Reads and checks text and blocks.
    func content(text: String?, blocks: SandboxJSON?, metadata: SandboxJSON? = nil) -> Result<Content, ContentProblem> {
        let blocks = blocks ?? []
        let problems = BlockKit.problems(in: blocks)
        guard problems.isEmpty else { return .failure(ContentProblem(word: "invalid_blocks", messages: problems)) }
        guard text != nil || blocks.array?.isEmpty == false else {
            return .failure(ContentProblem(word: "no_text", messages: []))
        }
        let stored = BlockKit.withIdentifiers(blocks) { "b\(nextNumber())" }
        return .success(Content(text: text ?? "", blocks: stored, metadata: metadata))
    }

    struct ContentProblem: Error {
        let word: String
        let messages: [String]
    }

    func postMessage(_ arguments: SlackArguments) -> SlackResult {
        guard let wanted = arguments.string("channel"), let channel = channel(forPosting: wanted) else {
            return .error("channel_not_found")
        }
        guard !channel.isArchived else { return .error("is_archived") }
        guard channel.members.contains(workspace.botUserID) else { return .error("not_in_channel") }
        switch content(
            text: arguments.string("text").map { String($0.prefix(Self.longestText)) },
            blocks: arguments.structure("blocks"),
            metadata: arguments.structure("metadata")
        ) {
        case .failure(let problem):
            return .error(problem.word, messages: problem.messages)
        case .success(let content):
            // Only messages that would be posted count: a refused one says what is wrong with it, not to wait.
            if let wait = limiter.take(
                "post/\(channel.id)",
                capacity: workspace.postBurst,
                perSecond: workspace.postsPerSecond,
                at: now
            ) {
                return .limited(seconds: wait)
            }
            let message = newMessage(content, in: channel.id, visibleTo: nil, thread: arguments.string("thread_ts"))
            return .ok([
                "channel": .string(channel.id), "ts": .string(message.ts), "message": object(message),
            ])
        }
    }

    func updateMessage(_ arguments: SlackArguments) -> SlackResult {
        guard let id = arguments.string("channel"), let channel = state.channel(id) else {
            return .error("channel_not_found")
        }
        guard let ts = arguments.string("ts"), let index = state.index(ofMessage: ts, in: id) else {
            return .error("message_not_found")
        }
        var message = state.messages[index]
        guard message.author == workspace.botUserID, message.visibleTo == nil else {
            return .error("cant_update_message")
        }
        guard !channel.isArchived else { return .error("is_inactive") }
        guard (arguments.string("text") ?? "").utf16.count <= Self.longestUpdate else { return .error("msg_too_long") }
        switch content(
            text: arguments.string("text"),
            blocks: arguments.structure("blocks"),
            metadata: arguments.structure("metadata")
        ) {
        case .failure(let problem):
            return .error(problem.word, messages: problem.messages)
        case .success(let content):
            // Text without blocks removes the blocks; that is Slack's rule, not an omission here.
            message.text = content.text
            message.blocks = content.blocks
            message.metadata = content.metadata ?? message.metadata
            message.edited = nextTS()
            keep(message)
            return .ok([
                "channel": .string(id), "ts": .string(ts), "text": .string(message.text), "message": object(message),
            ])
        }
    }

    func deleteMessage(_ arguments: SlackArguments) -> SlackResult {
        guard let id = arguments.string("channel"), state.channel(id) != nil else { return .error("channel_not_found") }
        guard let ts = arguments.string("ts"), let index = state.index(ofMessage: ts, in: id) else {
            return .error("message_not_found")
        }
        var message = state.messages[index]
        guard message.author == workspace.botUserID, message.visibleTo == nil else {
            return .error("cant_delete_message")
        }
        message.isDeleted = true
        keep(message)
        return .ok(["channel": .string(id), "ts": .string(ts)])
    }

    func postEphemeral(_ arguments: SlackArguments) -> SlackResult {
        guard let id = arguments.string("channel"), let channel = state.channel(id) else {
            return .error("channel_not_found")
        }
        guard !channel.isArchived else { return .error("is_archived") }
        guard channel.members.contains(workspace.botUserID) else { return .error("not_in_channel") }
        guard let user = arguments.string("user"), channel.members.contains(user) else {
            return .error("user_not_in_channel")
        }
        switch content(text: arguments.string("text"), blocks: arguments.structure("blocks")) {
        case .failure(let problem):
            return .error(problem.word, messages: problem.messages)
        case .success(let content):
            let message = newMessage(content, in: id, visibleTo: user, thread: arguments.string("thread_ts"))
            return .ok(["message_ts": .string(message.ts)])
        }
    }

    /// Adds a message of the app.
    @discardableResult
    func newMessage(_ content: Content, in channel: String, visibleTo user: String?, thread: String? = nil)
        -> SlackMessage
    {
        var message = SlackMessage(
            channel: channel,
            ts: nextTS(),
            kind: .message,
            author: workspace.botUserID,
            visibleTo: user,
            text: content.text
        )
        message.blocks = content.blocks
        message.metadata = content.metadata
        message.threadTS = thread
        keep(message)
        return message
    }

    /// A message as Slack shows it to the app.
    func object(_ message: SlackMessage) -> SandboxJSON {
        var object: SandboxJSON = [
            "type": "message", "user": .string(message.author), "ts": .string(message.ts),
            "text": .string(message.text),
            "team": .string(workspace.teamID),
        ]
        let mine = SlackAuthor.Bot(botID: workspace.botID, appID: workspace.appID, teamID: workspace.teamID)
        if let bot = message.bot ?? (message.author == workspace.botUserID ? mine : nil) {
            object["team"] = .string(bot.teamID)
            object["bot_id"] = .string(bot.botID)
            object["app_id"] = .string(bot.appID)
            object["bot_profile"] = [
                "id": .string(bot.botID), "app_id": .string(bot.appID), "name": .string(workspace.botName),
                "team_id": .string(bot.teamID), "deleted": false, "updated": 1_700_000_000,
            ]
        }
        if message.blocks.array?.isEmpty == false { object["blocks"] = message.blocks }
        if let metadata = message.metadata { object["metadata"] = metadata }
        if let thread = message.threadTS { object["thread_ts"] = .string(thread) }
        if let edited = message.edited {
            object["edited"] = ["user": .string(workspace.botID), "ts": .string(edited)]
        }
        return object
    }

    /// A channel by its id, or the direct conversation with a user by the user's.
    private func channel(forPosting id: String) -> SlackWorkspace.Channel? {
        if let channel = state.channel(id) { return channel }
        guard workspace.person(id) != nil else { return nil }
        return state.channels.first { $0.isDirect && $0.members.contains(id) }
    }
}
