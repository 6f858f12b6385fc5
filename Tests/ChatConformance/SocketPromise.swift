import BotCore
import ChatKit

/// What every platform promises that comes by the service's socket.
package enum SocketPromise: Hashable, Sendable, CaseIterable {
    case whatIsTypedIsRead, whatIsClickedIsRead, textsComeInAsTheyWereTyped
    case aRepeatedDeliveryHasTheSameKey, anotherDeliveryHasAnother, anotherAccountsDeliveryHasAnother
    case whatCannotBeReadHasNoEffect, nothingIsTakenWithoutASource
    case itHasNoChannels

    /// - Throws: ``BrokenPromise``.
    package func check(_ chat: any SocketChatUnderTest) async throws {
        let played = try PlayedSocket(chat)
        if self == .nothingIsTakenWithoutASource { return try await played.nothingIsTakenWithoutASource() }
        try await played.withSource {
            switch self {
            case .whatIsTypedIsRead: try await played.whatIsTypedIsRead()
            case .whatIsClickedIsRead: try await played.whatIsClickedIsRead()
            case .textsComeInAsTheyWereTyped:
                for text in ["42 scale 4 --reason \"a < b & c > d\"", "naïve 🚀 日本語", "100% + 1 = 2;/?", ""] {
                    let read = try await played.command(text).text
                    try ChatConformance.expect(read == text, "`\(text)` came in as `\(read)`")
                }
            case .aRepeatedDeliveryHasTheSameKey:
                let keys = [try await played.command("a").deliveryKey, try await played.command("a").deliveryKey]
                try ChatConformance.expect(Set(keys).count == 1, "the keys differ")
            case .anotherDeliveryHasAnother:
                let (one, other) = (try await played.command("a"), try await played.command("a", key: "2"))
                try ChatConformance.expect(one.deliveryKey != other.deliveryKey, "the keys are the same")
            case .anotherAccountsDeliveryHasAnother:
                let stranger = Account(
                    platform: chat.account.platform,
                    workspace: chat.account.workspace,
                    user: chat.account.user + "1"
                )
                let (one, other) = (try await played.command("a"), try await played.command("a", by: stranger))
                try ChatConformance.expect(one.deliveryKey != other.deliveryKey, "the keys are the same")
                try ChatConformance.expect(other.account == stranger, "by \(other.account)")
            case .whatCannotBeReadHasNoEffect: try await played.whatCannotBeReadHasNoEffect()
            case .itHasNoChannels: try await played.itHasNoChannels()
            case .nothingIsTakenWithoutASource: break
            }
        }
    }
}

/// A platform's door at the socket with what comes in there.
private struct PlayedSocket {
    let chat: any SocketChatUnderTest
    let connection: ChatConnection
    let door: any SocketDoor
    let intake = RecordingIntake()

    init(_ chat: any SocketChatUnderTest) throws(BrokenPromise) {
        self.chat = chat
        connection = chat.settings.connect(PlayedTransport([]), SetClock(ChatConformance.now))
        guard let door = connection.socketDoor, !connection.sources.isEmpty else {
            throw BrokenPromise(description: "there is no door at the socket, or no source")
        }
        self.door = door
    }

    /// Plays with the sources running, and ends them.
    func withSource(_ play: () async throws -> Void) async throws {
        let running = connection.sources.map { source in Task { [intake] in try await source.run(into: intake) } }
        defer { for task in running { task.cancel() } }
        while await door.answer(.object([:]), from: chat.account).status == 503 { await Task.yield() }
        try await play()
    }

    func command(_ text: String, key: String = "1", by account: Account? = nil) async throws -> InboundCommand {
        let answer = await door.answer(chat.command(text, key: key), from: account ?? chat.account)
        guard answer.status == 200, let command = intake.commands.last else {
            throw BrokenPromise(description: "`\(text)` is no command: \(answer)")
        }
        return command
    }

    func whatIsTypedIsRead() async throws {
        let command = try await command("42 scale 4")
        try ChatConformance.expect(command.account == chat.account, "by \(command.account)")
        try ChatConformance.expect(command.channel == chat.channel, "in \(command.channel)")
        try ChatConformance.expect(command.typedAt == ChatConformance.now, "at \(command.typedAt)")
        try ChatConformance.expect(
            command.deliveryKey.hasPrefix("\(chat.settings.platform):"),
            "as \(command.deliveryKey)"
        )
        try ChatConformance.expect(!command.isDirect, "nobody else is there")
    }

    func whatIsClickedIsRead() async throws {
        for kind in [Message.Button.Kind.approve, .deny, .cancel, .confirm] {
            guard let asked = chat.click(kind, value: "17.abc", key: "3") else { continue }
            let answer = await door.answer(asked, from: chat.account)
            guard answer.status == 200, let click = intake.clicks.last else {
                throw BrokenPromise(description: "\(kind) is no click: \(answer)")
            }
            try ChatConformance.expect(click.button == kind.rawValue && click.value == "17.abc", click.button)
            try ChatConformance.expect(click.account == chat.account && click.channel == chat.channel, "\(click)")
        }
    }

    func whatCannotBeReadHasNoEffect() async throws {
        for asked in chat.malformed {
            let answer = await door.answer(asked, from: chat.account)
            try ChatConformance.expect(answer.status == 400, "\(asked.canonical) is answered \(answer)")
        }
        try ChatConformance.expect(intake.commands.isEmpty && intake.clicks.isEmpty, "it has an effect")
    }

    func nothingIsTakenWithoutASource() async throws {
        let answer = await door.answer(chat.command("42 scale 4", key: "1"), from: chat.account)
        try ChatConformance.expect(answer.status == 503, "\(answer)")
    }

    func itHasNoChannels() async throws {
        do {
            _ = try await connection.poster.post(Message("hi"), to: PostAddress(channel: chat.channel))
        } catch {
            guard case .cannotPostHere = error else { throw BrokenPromise(description: "\(error)") }
            return
        }
        throw BrokenPromise(description: "it posts in a channel of another platform")
    }
}
