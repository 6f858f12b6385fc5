import CurlHTTP
import FoundationEssentials
import Logging
import NIOConcurrencyHelpers

/// The simulated Slack workspace: the Web API and the `response_url`s that an app calls, the signed requests that an app
/// gets when people type and click, and a page on which people can do so. It knows nothing of the app behind the URLs.
package actor SimulatedSlack {
    /// The events of this workspace so far.
    package internal(set) var state: SlackState
    /// The people, secrets and limits. The two URLs of the app are set with ``connect(commands:interactions:)``.
    package internal(set) var workspace: SlackWorkspace
    /// The reason why the journal cannot be written, if so; every call fails from then on, because a world that forgets is
    /// no use.
    var journalProblem: String?
    var limiter = SlackRateLimiter()

    nonisolated let connection: AppConnection
    nonisolated let cloud: CloudView?
    /// Lets the world's time pass at once; nil where it cannot.
    nonisolated let moveTime: (@Sendable (Duration) -> Void)?
    private let changes = ChangeSignal()
    private let journal: Journal
    private let server = NIOLockedValueBox<WeakServer>(WeakServer())
    private var lastMicroseconds = 0
    private var counter = 0

    private struct WeakServer {
        weak var server: SandboxServer?
    }

    /// - Parameters:
    ///   - workspace: who and what it consists of.
    ///   - transport: how it reaches the app.
    ///   - cloud: the clusters that the page shows beside the channel; nil shows none.
    ///   - moveTime: lets the world's time, that of `workspace.now`, pass at once; nil: the page offers no such thing.
    ///   - journalPath: a file of JSON lines that keeps messages, calls and deliveries over `kill -9`.
    /// - Throws: ``JournalError`` if the journal cannot be used.
    package init(
        workspace: SlackWorkspace = .demo,
        transport: any HTTPTransport,
        cloud: CloudView? = nil,
        moveTime: (@Sendable (Duration) -> Void)? = nil,
        journalPath: String? = nil
    ) throws {
        self.workspace = workspace
        self.cloud = cloud
        self.moveTime = moveTime
        connection = AppConnection(transport: transport)
        journal = try Journal(path: journalPath)
        var state = SlackState(channels: workspace.channels)
        for line in try journal.lines() { try state.restore(line) }
        self.state = state
        counter = state.hooks.count + state.deliveries.count + state.messages.count
        lastMicroseconds = state.messages.map { Int($0.ts.filter { $0 != "." }) ?? 0 }.max() ?? 0
    }

    /// The server; run it as a service. Port 0 takes a free one: ask ``SandboxServer/boundPort()``. The page is at `/`,
    /// the Web API at `/api/`, the `response_url`s are below `/hooks/`.
    package nonisolated func application(
        host: String = "127.0.0.1",
        port: Int = 0,
        logger: Logger = Logger(label: "sandbox.slack") { _ in SwiftLogNoOpLogHandler() }
    ) -> SandboxServer {
        let server = SandboxServer(host: host, port: port, handler: self, logger: logger)
        self.server.withLockedValue { $0.server = server }
        return server
    }

    /// Says where the app is.
    package func connect(commands: String, interactions: String) {
        workspace.commandURL = commands
        workspace.interactionURL = interactions
    }

    /// The messages that everybody in a channel sees, oldest first.
    package func messages(in channel: String) -> [SlackMessage] { state.messages(in: channel) }

    /// The messages that only this person sees, oldest first.
    package func ephemerals(for user: String) -> [SlackMessage] { state.ephemerals(for: user) }

    /// Something goes wrong from now on.
    package func add(_ fault: SlackFault) {
        state.faults.append(fault)
        changed()
    }

    /// Takes all faults away.
    package func clearFaults() {
        state.faults = []
        changed()
    }

    /// Takes the app out of a channel, as `/remove` does.
    package func removeApp(from channel: String) { editChannel(channel) { $0.members.remove(workspace.botUserID) } }

    /// Brings the app into a channel, as `/invite` does.
    package func inviteApp(to channel: String) { editChannel(channel) { $0.members.insert(workspace.botUserID) } }

    /// Archives a channel.
    package func archive(_ channel: String) { editChannel(channel) { $0.isArchived = true } }

    /// Puts people into a user group, in place of those who were in it.
    package func setUsers(_ users: [String], of group: String) {
        guard let index = workspace.userGroups.firstIndex(where: { $0.id == group }) else { return }
        workspace.userGroups[index].users = users
        changed()
    }

    /// Makes an account something else: deactivates it, makes it a guest.
    package func make(_ user: String, _ kind: SlackWorkspace.Person.Kind) {
        guard let index = workspace.people.firstIndex(where: { $0.id == user }) else { return }
        workspace.people[index].kind = kind
        changed()
    }

    /// Takes a scope from the app, or gives it one.
    package func setScope(_ scope: String, isGranted: Bool) {
        if isGranted { workspace.scopes.insert(scope) } else { workspace.scopes.remove(scope) }
        changed()
    }

    /// Returns as soon as the condition holds; it is looked at after every change.
    ///
    /// - Throws: ``WaitTimedOut`` with the description.
    package nonisolated func waitUntil(
        _ description: String,
        within timeout: Duration = .seconds(180),
        _ condition: @escaping @Sendable (SlackState) -> Bool
    ) async throws {
        try await changes.wait(timeout, for: description) { condition(await self.state) }
    }

    /// The headers with which Slack signs a body at a moment.
    package func signedHeaders(for body: [UInt8], at time: Date) -> [(name: String, value: String)] {
        let timestamp = String(Int(time.timeIntervalSince1970))
        let signature = SimulatedSlackSignature.make(secret: workspace.signingSecret, timestamp: timestamp, body: body)
        return [("X-Slack-Request-Timestamp", timestamp), ("X-Slack-Signature", signature)]
    }

    // MARK: What the other files need

    var now: Date { workspace.now() }

    /// The base URL at which the app reaches this workspace.
    func baseURL() async -> String {
        guard let server = server.withLockedValue({ $0.server }), let url = try? await server.baseURL() else {
            return "http://127.0.0.1:0"
        }
        return url
    }

    /// A number that no other caller gets.
    func nextNumber() -> Int {
        counter += 1
        return counter
    }

    /// A new `ts`: the time, but always later than the one before.
    func nextTS() -> String {
        let microseconds = max(lastMicroseconds + 1, Int(now.timeIntervalSince1970 * 1_000_000))
        lastMicroseconds = microseconds
        let fraction = String(microseconds % 1_000_000)
        return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
    }

    /// Adds a message or keeps a changed one.
    func keep(_ message: SlackMessage) {
        var message = message
        message.revision = state.revision + 1
        if let index = state.messages.lastIndex(where: { $0.ts == message.ts && $0.channel == message.channel }) {
            state.messages[index] = message
        } else {
            state.messages.append(message)
        }
        write(["message": SandboxJSON(encoding: message)])
    }

    func keep(_ call: SlackAPICall) {
        if state.calls.indices.contains(call.number - 1) {
            state.calls[call.number - 1] = call
        } else {
            state.calls.append(call)
        }
        write(["call": SandboxJSON(encoding: call)])
    }

    func keep(_ delivery: SimulatedSlackDelivery) {
        if state.deliveries.indices.contains(delivery.number - 1) {
            state.deliveries[delivery.number - 1] = delivery
        } else {
            state.deliveries.append(delivery)
        }
        write(["delivery": SandboxJSON(encoding: delivery)])
    }

    func keep(_ hook: SlackHook) {
        state.hooks[hook.path] = hook
        write(["hook": SandboxJSON(encoding: hook)])
    }

    /// Takes one use of the first fault that matches.
    func takeFault(_ method: String) -> SlackFault? {
        guard let index = state.faults.firstIndex(where: { ($0.method ?? method) == method }) else { return nil }
        state.faults[index].times -= 1
        let fault = state.faults[index]
        if fault.times <= 0 { state.faults.remove(at: index) }
        return fault
    }

    private func editChannel(_ id: String, _ edit: (inout SlackWorkspace.Channel) -> Void) {
        guard let index = state.channels.firstIndex(where: { $0.id == id }) else { return }
        edit(&state.channels[index])
        write(["channel": SandboxJSON(encoding: state.channels[index])])
    }

    private func write(_ line: SandboxJSON) {
        do {
            try journal.append(line)
        } catch {
            journalProblem = "\(error)"
        }
        changed()
    }

    private func changed() {
        state.revision += 1
        changes.notify()
    }
}

extension SlackState {
    /// Takes up one line of a journal.
    fileprivate mutating func restore(_ line: SandboxJSON) throws {
        revision += 1
        if let message = try line["message"]?.decoded(as: SlackMessage.self) {
            revision = max(revision, message.revision)
            if let index = messages.lastIndex(where: { $0.ts == message.ts && $0.channel == message.channel }) {
                messages[index] = message
            } else {
                messages.append(message)
            }
        } else if let call = try line["call"]?.decoded(as: SlackAPICall.self) {
            calls = calls.prefix(call.number - 1) + [call] + calls.dropFirst(call.number)
        } else if let delivery = try line["delivery"]?.decoded(as: SimulatedSlackDelivery.self) {
            deliveries =
                deliveries.prefix(delivery.number - 1) + [delivery] + deliveries.dropFirst(delivery.number)
        } else if let hook = try line["hook"]?.decoded(as: SlackHook.self) {
            hooks[hook.path] = hook
        } else if let channel = try line["channel"]?.decoded(as: SlackWorkspace.Channel.self) {
            channels.removeAll { $0.id == channel.id }
            channels.append(channel)
        }
    }
}
