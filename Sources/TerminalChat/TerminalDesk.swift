import BotCore
import ChatKit
import NIOConcurrencyHelpers

/// Takes what people say at terminals of the service's machine, and lets them wait for its end.
///
/// A request says in `do` what it wants:
///
/// * `say`: takes the command in `text`. With `waits` the terminal gets a `handle`, by which it is told what follows.
/// * `follow`: looks after `change`, once there is something to tell or another version than `after`, or after a while.
/// * `confirm`, `withdraw`: clicks that button of the terminal's change; `value` is what the look gave for it.
///
/// Approving is no click here: a typed approval needs a card that everybody can see.
final class TerminalDesk: ChatSource, SocketDoor {
    /// The longest that a look takes. A terminal asks again.
    static let longestLook = Duration.seconds(20)
    /// The most looks that wait at once. Each has one of the socket's few connections, and `release` needs one, too: when
    /// more people wait, their looks are answered at once, and their terminals ask again in a moment.
    static let mostLooks = 8
    /// The most of them for one account.
    static let mostLooksOfOne = 2
    private static let pause = Duration.milliseconds(200)

    let path = "/say"

    private let channel: Channel
    private let sessions: TerminalSessions
    private let clock: any BotClock
    private let looks = NIOLockedValueBox<[Account: Int]>([:])
    private let taking = NIOLockedValueBox<(any ChatIntake)?>(nil)

    init(channel: Channel, sessions: TerminalSessions, clock: any BotClock) {
        self.channel = channel
        self.sessions = sessions
        self.clock = clock
    }

    /// Takes commands until it is cancelled.
    func run(into intake: any ChatIntake) async throws {
        taking.withLockedValue { $0 = intake }
        defer { taking.withLockedValue { $0 = nil } }
        while true { try await Task.sleep(for: .seconds(3600)) }
    }

    func answer(_ asked: JSONValue, from account: Account) async -> SocketAnswer {
        guard let intake = taking.withLockedValue(\.self) else { return Self.stopping }
        do {
            switch asked["do"]?.string {
            case "say": return try await say(asked, account, intake)
            case "follow": return try await follow(asked, account)
            case "confirm": return try await click(.confirm, asked, account, intake)
            case "withdraw": return try await click(.cancel, asked, account, intake)
            default: return Self.malformed
            }
        } catch let error as StoreError where error.code == .outcomeUnknown {
            return SocketAnswer(500, .object(["problem": .string("\(error)")]))
        } catch {
            return SocketAnswer(503, .object(["problem": .string("\(error)")]))
        }
    }

    private func say(_ asked: JSONValue, _ account: Account, _ intake: any ChatIntake) async throws -> SocketAnswer {
        guard let text = asked["text"]?.string, let key = asked["key"]?.string, Self.isKey(key),
            let waits = asked["waits"]?.bool
        else { return Self.malformed }
        let handle = waits ? sessions.begin(for: account) : nil
        guard handle != nil || !waits else {
            return SocketAnswer(503, .object(["problem": .string("You wait for too much at once. Use --no-wait.")]))
        }
        let command = InboundCommand(
            deliveryKey: "\(TerminalModule.platform):\(account):\(key)",
            account: account,
            displayName: account.description,
            channel: channel,
            isDirect: false,
            text: text,
            typedAt: clock.now,
            replyHandle: handle,
            seesPlans: true
        )
        let answer: ChatAnswer?
        do {
            answer = try await intake.take(command)
        } catch {
            if let handle { sessions.end(handle, of: account) }
            throw error
        }
        var members: [String: JSONValue] = [
            "answer": .string(answer.map { TerminalPage($0.message).text } ?? ""), "handle": .optional(handle),
            "result": .string("not done"), "change": .null, "state": .null,
        ]
        switch answer?.result {
        case .done: members["result"] = .string("done")
        case .follows: members["result"] = .string("follows")
        case .change(let id):
            members["result"] = .string("change")
            members["change"] = .int(id)
            let progress = try? await intake.progress(of: id, for: account, in: channel)
            members["state"] = .optional(progress?.state.rawValue)
        case .refused(let id):
            members["result"] = .string("refused")
            members["change"] = .int(id)
            members["state"] = .string(ChangeState.refused.rawValue)
        case .notDone, nil: break
        }
        return SocketAnswer(200, .object(members))
    }

    private func follow(_ asked: JSONValue, _ account: Account) async throws -> SocketAnswer {
        guard let handle = asked["handle"]?.string else { return Self.malformed }
        let (change, after) = (asked["change"]?.int, asked["after"]?.string)
        let isLong = looks.withLockedValue { looks in
            guard looks.values.reduce(0, +) < Self.mostLooks, looks[account, default: 0] < Self.mostLooksOfOne else {
                return false
            }
            looks[account, default: 0] += 1
            return true
        }
        defer {
            if isLong { looks.withLockedValue { $0[account] = ($0[account] ?? 1) == 1 ? nil : ($0[account] ?? 1) - 1 } }
        }
        let end = clock.uptime + (isLong ? Self.longestLook : .zero)
        while let intake = taking.withLockedValue(\.self) {
            // A service that was started again does not know the terminal any more. Its change is still there.
            let told = sessions.hear(handle, of: account) ?? []
            let progress: ChangeProgress? =
                if let change { try await intake.progress(of: change, for: account, in: channel) } else { nil }
            let isGone = change != nil && progress == nil
            if !told.isEmpty || isGone || progress.map({ $0.version != after }) == true || clock.uptime >= end {
                return SocketAnswer(
                    200,
                    .object([
                        "told": .array(told.map(JSONValue.string)), "progress": progress.map(Self.shown) ?? .null,
                    ])
                )
            }
            try await clock.sleep(Self.pause)
        }
        return Self.stopping
    }

    private func click(
        _ kind: Message.Button.Kind,
        _ asked: JSONValue,
        _ account: Account,
        _ intake: any ChatIntake
    ) async throws -> SocketAnswer {
        guard let value = asked["value"]?.string, let handle = asked["handle"]?.string, let key = asked["key"]?.string,
            Self.isKey(key)
        else { return Self.malformed }
        try await intake.take(
            InboundClick(
                deliveryKey: "\(TerminalModule.platform):\(account):\(key)",
                account: account,
                displayName: account.description,
                channel: channel,
                button: kind.rawValue,
                value: value,
                clickedAt: clock.now,
                replyHandle: handle
            )
        )
        return SocketAnswer(200, .object([:]))
    }

    private static func shown(_ progress: ChangeProgress) -> JSONValue {
        .object([
            "change": .int(progress.change), "state": .string(progress.state.rawValue),
            "version": .string(progress.version), "line": .string(TerminalPage.line(progress.message)),
            "page": .string(TerminalPage(progress.message).text), "confirmation": .optional(progress.confirmation),
            "needs_approvals": .bool(progress.needsApprovals), "is_card_posted": .bool(progress.isCardPosted),
            "replaced_by": progress.replacedBy.map(JSONValue.int) ?? .null,
        ])
    }

    /// Returns whether a text can be the key of a delivery.
    private static func isKey(_ text: String) -> Bool { text.utf8.count <= 64 && IDCheck.isPlain(text) }

    private static let malformed = SocketAnswer(400, .object(["problem": .string("The request is not understood.")]))
    private static let stopping = SocketAnswer(503, .object(["problem": .string("The service is about to stop.")]))
}
