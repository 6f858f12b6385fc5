import BotCore
import BotStore
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import BotEngine

extension EngineHarness {
    /// Somebody types. A second passes first, as between people. Unless told where, it is in a room of its own, where no
    /// other message has to be waited for.
    @discardableResult
    func type(
        _ text: String,
        by person: Person = .amy,
        in channel: Channel? = nil,
        isDirect: Bool = false,
        key: String? = nil,
        ago: Duration = .zero,
        pause: Duration = .seconds(1),
        patience: Duration = .milliseconds(2500)
    ) async throws -> Reply {
        clock.advance(by: pause)
        let number = happenings.update { count in
            count += 1
            return count
        }
        let command = InboundCommand(
            // Not as in the kept stores of earlier versions, which hold `typed 425` and others.
            deliveryKey: key ?? "said \(number)",
            account: person.account,
            displayName: person.rawValue,
            channel: channel ?? .room(number),
            isDirect: isDirect,
            text: text,
            typedAt: Timestamp(milliseconds: clock.now.milliseconds - ago.wholeMilliseconds),
            replyHandle: "https://hooks.example/\(person.rawValue)"
        )
        return try await engine.intake.handle(command, deadline: clock.uptime + patience)
    }

    /// The text of the answer.
    @discardableResult
    func say(_ text: String, by person: Person = .amy, in channel: Channel? = nil) async throws -> String {
        try await type(text, by: person, in: channel).text
    }

    /// Somebody asks for what needs a read that does not come in time: returns the first answer.
    func sayWhileReadsHang(_ text: String, by person: Person = .amy) async throws -> String {
        let answer = NIOLockedValueBox<String?>(nil)
        let asking = Task {
            let text = try await type(text, by: person, patience: .seconds(3600)).text
            answer.withLockedValue { $0 = text }
            return text
        }
        try await until("it is answered") {
            clock.advance(by: .milliseconds(500))
            return answer.withLockedValue { $0 != nil }
        }
        return try await asking.value
    }

    /// Somebody clicks on the message of a change as it is now.
    func click(
        _ kind: Message.Button.Kind,
        on change: Int,
        by person: Person,
        in channel: Channel = .ops,
        key: String? = nil
    ) async throws {
        let value = try #require(try await conversation(change).versions.last?.button(kind)).value
        try await click(kind.rawValue, value: value, by: person, in: channel, key: key)
    }

    /// Waits until nothing that came in is still being stored or taken back.
    func intakeIsDone() async { await engine.intake.underWay.waitForNone() }

    func click(
        _ button: String,
        value: String,
        by person: Person,
        in channel: Channel = .ops,
        key: String? = nil,
        pause: Duration = .seconds(1)
    ) async throws {
        clock.advance(by: pause)
        let click = InboundClick(
            deliveryKey: key ?? "click \(button) \(value) \(person) \(clock.uptime)",
            account: person.account,
            displayName: person.rawValue,
            channel: channel,
            button: button,
            value: value,
            clickedAt: clock.now,
            replyHandle: nil
        )
        try await engine.intake.handle(click, deadline: clock.uptime + .milliseconds(2500))
    }

    // MARK: What there is

    func change(_ id: Int) async throws -> Change { try #require(try await file.read { try $0.change(id) }) }
    func changes() async throws -> [Change] { try await file.read { try $0.newestChanges(nil) } }
    func intent(_ id: Int) async throws -> Intent? { try await file.read { try $0.intent(of: id) } }
    func approvals(_ id: Int) async throws -> [Approval] { try await file.read { try $0.approvals(of: id) } }
    func states() async throws -> [ChangeState] { try await changes().map(\.state) }

    /// The entries about a change.
    func entries(_ id: Int) async throws -> [JSONValue] {
        try await history().filter { $0["change"]?.int == id }
    }

    func kinds(_ id: Int) async throws -> [String] { try await entries(id).compactMap { $0["kind"]?.string } }

    func history() async throws -> [JSONValue] {
        try await file.read { try $0.history(from: 1, limit: 10_000) }.map { try JSONValue(parsing: $0.entry) }
    }

    /// What was sent for a change.
    func sendings(_ id: Int) -> [SimulatedClusters.Sending] { clusters.sendings.filter { $0.change == id } }

    /// The message about a change in its conversation, as the platform has it.
    func conversation(_ id: Int) async throws -> RecordingChat.Posted {
        let row = try #require(try await file.read { try $0.post(change: id, place: .conversation) })
        let message = try #require(row.messageID)
        return try #require(chat.posts.first { $0.id == message })
    }

    // MARK: Waiting

    func until(_ id: Int, is state: ChangeState) async throws {
        try await until("#\(id) is \(state.rawValue)") {
            try await self.file.read { try $0.change(id)?.state == state }
        }
    }

    /// Until the change's message shows all that the store knows, so that its buttons are those of the state.
    func untilShown(_ id: Int) async throws {
        try await until("#\(id) is shown as it is") { try await self.isShown(id) }
    }

    func isShown(_ id: Int) async throws -> Bool {
        try await file.read { reader in
            guard let post = try reader.post(change: id, place: .conversation) else { return false }
            return try post.messageID != nil && post.posted == reader.change(id)?.revision
        }
    }

    func until(_ id: Int, isShown state: ChangeState) async throws {
        try await until(id, is: state)
        try await untilShown(id)
    }

    /// Has another cluster's change go all the way: what could have happened meanwhile would have happened.
    func goRound() async throws {
        let before = try await changes().count
        let answer = try await say("53 image \(100 + before)", by: .bob)
        #expect(answer.hasPrefix("#\(before + 1) "))
        try await until("the round is over") { try await self.changes().last?.state == .succeeded }
        #expect(try await changes().count == before + 1)
    }
}
