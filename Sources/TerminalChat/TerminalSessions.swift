import BotCore
import NIOConcurrencyHelpers

/// The commands for whose end somebody waits at a terminal, with what they are still to be told.
final class TerminalSessions: Sendable {
    private struct Session {
        let account: Account
        var told: [String] = []
        /// The uptime at which the terminal was last heard of.
        var heard: Duration
    }

    /// A terminal that was not heard of for longer is gone. It asks at least every ``TerminalDesk/longestLook``.
    private static let longestSilence = Duration.seconds(60)
    /// The most of one account, so that nobody takes the room of others.
    static let mostOfOne = 32
    /// The most texts that one terminal is still to be told.
    private static let mostTold = 32

    private let clock: any BotClock
    private let sessions = NIOLockedValueBox<[String: Session]>([:])

    init(clock: any BotClock) { self.clock = clock }

    /// Begins a session. Returns its handle, which nobody can guess; nil if the account has too many.
    func begin(for account: Account) -> String? {
        let handle = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
        let now = clock.uptime
        return sessions.withLockedValue { sessions in
            sessions = sessions.filter { now - $0.value.heard < Self.longestSilence }
            guard sessions.values.count(where: { $0.account == account }) < Self.mostOfOne else { return nil }
            sessions[handle] = Session(account: account, heard: now)
            return handle
        }
    }

    /// Notes that the terminal is there. Returns what it is still to be told; nil if there is no such session of the
    /// account.
    func hear(_ handle: String, of account: Account) -> [String]? {
        let now = clock.uptime
        return sessions.withLockedValue { sessions in
            guard var session = sessions[handle], session.account == account else { return nil }
            defer { sessions[handle] = session }
            session.heard = now
            defer { session.told = [] }
            return session.told
        }
    }

    /// Leaves a text for a terminal. Returns false if nobody waits there.
    func tell(_ text: String, _ handle: String, of account: Account) -> Bool {
        let now = clock.uptime
        return sessions.withLockedValue { sessions in
            guard var session = sessions[handle], session.account == account, session.told.count < Self.mostTold,
                now - session.heard < Self.longestSilence
            else { return false }
            session.told.append(text)
            sessions[handle] = session
            return true
        }
    }

    func end(_ handle: String, of account: Account) {
        sessions.withLockedValue { sessions in
            if sessions[handle]?.account == account { sessions[handle] = nil }
        }
    }
}
