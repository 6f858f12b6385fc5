import BotConfiguration
import BotCore
import ChatKit
import Glibc
import NIOConcurrencyHelpers
import UnixSignals

/// One command at the terminal, from its first answer to its end.
struct SayTalk: Sendable {
    let client: SayClient
    let output: SayOutput

    /// For how long a service that went away is waited for: a restart takes a moment.
    private static let patience = Duration.seconds(60)
    private static let pause = Duration.milliseconds(500)
    /// The longest wait for an answer that needs a read.
    private static let longestRead = Duration.seconds(150)

    /// The change that is waited for, for whoever ends the waiting.
    private let change = NIOLockedValueBox<Int?>(nil)

    init(client: SayClient, output: SayOutput) {
        self.client = client
        self.output = output
    }

    /// Says a command, and waits for its end or for Ctrl-C.
    func run(_ text: String, waits: Bool) async -> SayEnd {
        let signals = await UnixSignalsSequence(trapping: .sigint)
        return await withTaskGroup(of: SayEnd?.self) { group in
            group.addTask { await say(text, waits: waits) }
            group.addTask {
                for await _ in signals { return interrupted }
                return nil
            }
            while let end = await group.next() {
                guard let end else { continue }
                group.cancelAll()
                return end
            }
            return .notDone
        }
    }

    private var interrupted: SayEnd {
        if let number = change.withLockedValue(\.self) {
            output.remark("#\(number) goes on. Look at it with `clusterbot changes show \(number)`.")
        } else {
            output.remark("Nothing is known of an answer yet. Look with `clusterbot changes list`.")
        }
        return .interrupted
    }

    private func say(_ text: String, waits: Bool) async -> SayEnd {
        let answer: JSONValue
        do throws(SayClient.Problem) {
            answer = try await client.ask([
                "do": .string("say"), "text": .string(text), "key": .string(SayClient.key()), "waits": .bool(waits),
            ])
        } catch {
            switch error {
            case .nothingStored(let words):
                output.remark(words)
                return .noService
            case .notKnown(let words):
                output.remark("\(words) It may be stored: look with `clusterbot changes list`.")
                return .unknown
            }
        }
        let first = answer["answer"]?.string ?? ""
        output.result(first)
        let number = answer["change"]?.int
        let result = answer["result"]?.string
        if result == "change" { change.withLockedValue { $0 = number } }
        var session = SaySession(handle: answer["handle"]?.string ?? "", first: first)
        session.state = answer["state"]?.string.flatMap(ChangeState.init)
        let end: SayEnd
        switch (result, number) {
        case ("done", _): end = .done
        case ("follows", _) where !waits: end = .done
        case ("follows", _): end = await hear(&session)
        case ("change", _?) where !waits: end = .done
        case ("change", let number?): end = await follow(number, &session)
        default: end = .notDone
        }
        output.end(answer: first, change: session.change ?? number, state: session.state, text: session.last)
        return end
    }

    /// Waits for the answer that follows a read.
    private func hear(_ session: inout SaySession) async -> SayEnd {
        let end = ContinuousClock.now + Self.longestRead
        while ContinuousClock.now < end, !Task.isCancelled {
            guard let look = await look(session) else { return .unknown }
            if let told = look["told"]?.array?.compactMap(\.string), !told.isEmpty {
                for text in told { show(text, &session) }
                return .done
            }
            try? await Task.sleep(for: Self.pause)
        }
        output.remark("No answer came. Ask again.")
        return .notDone
    }

    /// Follows a change, and the one that takes its place, to the end.
    private func follow(_ number: Int, _ session: inout SaySession) async -> SayEnd {
        session.change = number
        while !Task.isCancelled {
            guard let look = await look(session) else { return .unknown }
            for text in look["told"]?.array?.compactMap(\.string) ?? [] { output.remark(text) }
            guard let progress = look["progress"], let name = progress["state"]?.string,
                let state = ChangeState(rawValue: name), let version = progress["version"]?.string
            else {
                if look["told"]?.array?.isEmpty == false { continue }
                output.remark("You may no longer see #\(session.change ?? number).")
                return .notDone
            }
            guard version != session.version else {
                try? await Task.sleep(for: Self.pause)
                continue
            }
            session.version = version
            session.state = state
            let confirmation = progress["confirmation"]?.string
            show((state == .pending ? progress["page"] : progress["line"])?.string ?? "", &session)
            if let next = progress["replaced_by"]?.int {
                session.begin(next)
                change.withLockedValue { $0 = next }
                continue
            }
            if let end = SayEnd(state) { return end }
            if state == .pending { waitForPeople(progress, confirmation, &session) }
        }
        return .interrupted
    }

    /// Says for whom it waits, and asks for the confirmation where that is the person at the terminal.
    private func waitForPeople(_ progress: JSONValue, _ confirmation: String?, _ session: inout SaySession) {
        let number = progress["change"]?.int ?? 0
        if progress["needs_approvals"]?.bool == true {
            let channel = client.configuration.server.socket.channel?.description ?? ""
            output.remark(
                progress["is_card_posted"]?.bool == true
                    ? "#\(number) waits for approvals, which are given in \(channel). Ctrl-C ends only the waiting."
                    : "#\(number) waits for its card in \(channel): nobody can approve it before it stands there."
            )
        }
        guard let confirmation, session.asked != confirmation else { return }
        session.asked = confirmation
        confirm(number, confirmation, session.handle)
    }

    /// Asks for the confirmation, and again after a word that is none.
    private func confirm(_ number: Int, _ confirmation: String, _ handle: String) {
        output.remark("Confirm #\(number)? Type `yes`, or `no` to withdraw it:")
        SayKeyboard.readLine { line in
            let kind: String
            switch line?.lowercased() {
            case "yes", "y": kind = "confirm"
            case "no", "n": kind = "withdraw"
            case nil:
                return output.remark("Nobody answers here. #\(number) can be confirmed where its card is.")
            default:
                output.remark("That is neither yes nor no.")
                return confirm(number, confirmation, handle)
            }
            do throws(SayClient.Problem) {
                _ = try await client.ask([
                    "do": .string(kind), "value": .string(confirmation), "handle": .string(handle),
                    "key": .string(SayClient.key()),
                ])
            } catch {
                output.remark("It is not known whether that was taken.")
                confirm(number, confirmation, handle)
            }
        }
    }

    private func show(_ text: String, _ session: inout SaySession) {
        guard text != session.last else { return }
        session.last = text
        output.result(text)
    }

    /// Looks once, and again while the service is away; nil if it does not come back.
    private func look(_ session: SaySession) async -> JSONValue? {
        var end: ContinuousClock.Instant?
        while !Task.isCancelled {
            do throws(SayClient.Problem) {
                return try await client.ask([
                    "do": .string("follow"), "handle": .string(session.handle),
                    "change": session.change.map(JSONValue.int) ?? .null, "after": .optional(session.version),
                ])
            } catch {
                if Task.isCancelled { break }
                let now = ContinuousClock.now
                if end == nil { output.remark("The service does not answer any more. I wait for it for a minute.") }
                guard now < end ?? now + Self.patience else { break }
                end = end ?? now + Self.patience
                try? await Task.sleep(for: Self.pause)
            }
        }
        if let number = session.change, !Task.isCancelled {
            output.remark("#\(number) goes on when the service runs again: `clusterbot changes show \(number)`.")
        }
        return nil
    }
}
