import BotCore
import ChatKit
import CurlHTTP

/// What every platform's poster promises.
package enum PosterPromise: Hashable, Sendable, CaseIterable {
    case aMessageIsPostedAndEdited, buttonsAreThereAndGoWithAnEdit, privateAnswersAreSeenByOnePerson
    case everyRefusalIsUnderstood, noProblemShowsASecret
    case textsOfOthersAreOnlyText, messagesOfAnyLengthFit
    case aLinkLeadsToAMessageOfTheBots
    case callsAreCounted

    /// - Throws: ``BrokenPromise``, ``ChatProblem``.
    package func check(_ chat: any ChatUnderTest) async throws {
        switch self {
        case .aMessageIsPostedAndEdited: try await PlayedPoster.aMessageIsPostedAndEdited(chat)
        case .buttonsAreThereAndGoWithAnEdit: try await PlayedPoster.buttonsAreThereAndGoWithAnEdit(chat)
        case .privateAnswersAreSeenByOnePerson: try await PlayedPoster.privateAnswersAreSeenByOnePerson(chat)
        case .everyRefusalIsUnderstood: try await PlayedPoster.everyRefusalIsUnderstood(chat)
        case .noProblemShowsASecret: try await PlayedPoster.noProblemShowsASecret(chat)
        case .textsOfOthersAreOnlyText: try await PlayedPoster.textsOfOthersAreOnlyText(chat)
        case .messagesOfAnyLengthFit: try await PlayedPoster.messagesOfAnyLengthFit(chat)
        case .aLinkLeadsToAMessageOfTheBots: try await PlayedPoster.aLinkLeadsToAMessageOfTheBots(chat)
        case .callsAreCounted:
            let connection = chat.settings.connect(PlayedTransport([]), SetClock(ChatConformance.now))
            try ChatConformance.expect(connection.platform == chat.settings.platform, connection.platform)
            try ChatConformance.expect(!connection.methods.isEmpty, "no call has a name")
        }
    }
}

/// A platform's poster with what it is answered, and what it sent.
private struct PlayedPoster {
    let chat: any ChatUnderTest
    let transport: PlayedTransport
    let poster: any ChatPlatform

    init(_ chat: any ChatUnderTest, _ replies: [PlayedReply]) {
        self.chat = chat
        transport = PlayedTransport(replies.map(chat.reply))
        poster = chat.settings.connect(transport, SetClock(ChatConformance.now)).poster
    }

    private var address: PostAddress { PostAddress(channel: chat.channel) }
    private var features: ChatFeatures { poster.features(in: chat.channel) }

    /// The only message of the last call.
    private func last() throws(BrokenPromise) -> ShownMessage {
        guard let request = transport.requests.last, let shown = chat.shown(by: request) else {
            throw BrokenPromise(description: "nothing was said")
        }
        return shown
    }

    private static let value = "17.abc"
    private static let card = Message(
        summary: "#17 waits",
        blocks: [
            .text("#17 waits"),
            .buttons([.init(.approve, label: "Approve", value: value), .init(.deny, label: "Deny", value: value)]),
        ]
    )

    static func aMessageIsPostedAndEdited(_ chat: any ChatUnderTest) async throws {
        let played = Self(chat, [.taken, .taken])
        let id = try await played.poster.post(Message("#17 waits"), to: played.address)
        var shown = try played.last()
        try ChatConformance.expect(!id.isEmpty && shown.edits == nil && !shown.isPrivate, "\(shown)")
        try ChatConformance.expect(shown.texts.contains { $0.contains("#17 waits") }, "\(shown.texts)")
        guard played.features.edits else { return }
        try await played.poster.update(Message("#17 succeeded"), id: id, at: played.address)
        shown = try played.last()
        try ChatConformance.expect(shown.edits == id, "\(shown.edits ?? "a new message") instead of \(id)")
        try ChatConformance.expect(shown.texts.contains { $0.contains("#17 succeeded") }, "\(shown.texts)")
    }

    static func buttonsAreThereAndGoWithAnEdit(_ chat: any ChatUnderTest) async throws {
        let played = Self(chat, [.taken, .taken])
        guard played.features.buttons else { return }
        let id = try await played.poster.post(card, to: played.address)
        let buttons = try played.last().buttons
        try ChatConformance.expect(buttons == [.approve, .deny], "\(buttons)")
        guard played.features.edits else { return }
        try await played.poster.update(Message("#17 denied"), id: id, at: played.address)
        try ChatConformance.expect(try played.last().buttons.isEmpty, "buttons after the decision")
    }

    static func privateAnswersAreSeenByOnePerson(_ chat: any ChatUnderTest) async throws {
        let played = Self(chat, [.taken])
        guard played.features.privateAnswers else { return }
        try await played.poster.tell(chat.account, Message("only for you"), at: played.address)
        try ChatConformance.expect(try played.last().isPrivate, "everybody sees it")
    }

    /// The problem of a call that has to have one.
    private func problem(_ call: () async throws(ChatProblem) -> Void) async throws(BrokenPromise) -> ChatProblem {
        do throws(ChatProblem) {
            try await call()
        } catch {
            return error
        }
        throw BrokenPromise(description: "nothing went wrong")
    }

    private func problemPosting() async throws(BrokenPromise) -> ChatProblem {
        try await problem { () async throws(ChatProblem) in _ = try await poster.post(Message("hi"), to: address) }
    }

    static func everyRefusalIsUnderstood(_ chat: any ChatUnderTest) async throws {
        for reply in PlayedReply.allCases where reply != .taken {
            let played = Self(chat, [reply])
            let problem =
                reply == .vanished
                ? try await played.problem { () async throws(ChatProblem) in
                    try await played.poster.update(Message("hi"), id: "1.2", at: played.address)
                } : try await played.problemPosting()
            let isUnderstood =
                switch (reply, problem) {
                case (.tooFast, .rateLimited(.seconds(30))), (.vanished, .messageGone),
                    (.closedChannel, .cannotPostHere),
                    (.badCredentials, .permanent), (.refusedLayout, .layoutRefused), (.serverError, .transient):
                    true
                default: false
                }
            try ChatConformance.expect(isUnderstood, "\(reply) is taken for \(problem)")
        }
    }

    static func noProblemShowsASecret(_ chat: any ChatUnderTest) async throws {
        for reply in PlayedReply.allCases where reply != .taken && reply != .vanished {
            let text = "\(try await Self(chat, [reply]).problemPosting())"
            for secret in chat.secrets { try ChatConformance.expect(!text.contains(secret), "\(reply): \(text)") }
        }
    }

    static func textsOfOthersAreOnlyText(_ chat: any ChatUnderTest) async throws {
        for text in HostileTexts.all {
            let played = Self(chat, [.taken])
            let rich = RichText([.plain(text), .strong(text), .code(text)])
            let message = Message(
                summary: rich,
                blocks: [
                    .heading(text), .text(rich), .facts([.init(text, rich)]), .quote(text),
                    .buttons([.init(.approve, label: text, value: value)]), .note(rich),
                ]
            )
            _ = try await played.poster.post(message, to: played.address)
            let live = try played.last().live
            try ChatConformance.expect(live.isEmpty, "\(text) became \(live)")
        }
    }

    /// A link comes from the platform alone, and its label stays text.
    static func aLinkLeadsToAMessageOfTheBots(_ chat: any ChatUnderTest) async throws {
        let played = Self(chat, [.taken, .taken] + HostileTexts.all.map { _ in .taken })
        guard let start = chat.linkStart else {
            let link = await played.poster.link(to: "1.2", in: chat.channel)
            return try ChatConformance.expect(link == nil, "a link where there are none")
        }
        let id = try await played.poster.post(Message("#17 waits"), to: played.address)
        guard let link = await played.poster.link(to: id, in: chat.channel) else {
            throw BrokenPromise(description: "no link to \(id)")
        }
        try ChatConformance.expect(link.url.hasPrefix(start), link.url)
        for secret in chat.secrets { try ChatConformance.expect(!link.url.contains(secret), link.url) }
        let again = await played.poster.link(to: id, in: chat.channel)
        try ChatConformance.expect(again == link, "another link to the same message")
        for text in HostileTexts.all {
            let other = await played.poster.link(to: text, in: chat.channel)
            try ChatConformance.expect(other == nil, "a link to \(text)")
            _ = try await played.poster.post(Message("\(text, to: link)"), to: played.address)
            let shown = try played.last()
            try ChatConformance.expect(
                Set(shown.live).count == 1 && shown.live[0].contains(start),
                "\(text) became \(shown.live)"
            )
        }
    }

    static func messagesOfAnyLengthFit(_ chat: any ChatUnderTest) async throws {
        let end = "812:0123456789abcdef"
        for (count, many) in [(1, 1), (10, 100), (4000, 2), (30_000, 1)] {
            let played = Self(chat, [.taken])
            let long = RichText([.plain(String(repeating: "x", count: count) + " " + end)])
            let blocks = Array(repeating: Message.Block.text(long), count: many)
            _ = try await played.poster.post(
                Message(summary: long, blocks: blocks + [.facts([.init("Name", long)]), .note(long)]),
                to: played.address
            )
            let shown = try played.last()
            try ChatConformance.expect(!shown.isTooLong, "\(count) characters are refused")
            try ChatConformance.expect(
                shown.texts.last?.hasSuffix(end) == true,
                "the end of \(count) characters is lost"
            )
        }
    }
}
