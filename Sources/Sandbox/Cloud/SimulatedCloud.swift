import FoundationEssentials
import Logging
import NIOConcurrencyHelpers

/// The simulated cluster API: a server with state, documented replies, faults on demand and its own log of everything
/// it received. It knows nothing of its clients.
///
/// With a journal, state and log survive `kill -9`: what is answered was written before, and an instance that opens the
/// same file continues where the other was stopped.
package actor SimulatedCloud {
    /// The world as it is now.
    package private(set) var world: CloudWorld
    /// The requests that were received on the API's paths, oldest first.
    package private(set) var received: [ReceivedRequest] = []
    /// The faults that still wait for a request.
    package private(set) var faults: [CloudFault] = []

    let settings: CloudSettings
    private let journal: Journal
    private let changes = ChangeSignal()
    private let servers = NIOLockedValueBox<[WeakServer]>([])
    private var late: [Task<Void, Never>] = []

    private struct WeakServer {
        weak var server: SandboxServer?
    }

    /// - Parameters:
    ///   - world: what exists at first; what a journal tells goes before.
    ///   - journalPath: a file of JSON lines; created if it is not there.
    /// - Throws: ``JournalError`` if the journal cannot be used.
    package init(
        world: CloudWorld = .demo,
        settings: CloudSettings = CloudSettings(),
        journalPath: String? = nil
    ) throws {
        self.settings = settings
        journal = try Journal(path: journalPath)
        var world = world
        var received: [ReceivedRequest] = []
        for line in try journal.lines() {
            if let request = try line["received"]?.decoded(as: ReceivedRequest.self) {
                received.append(request)
            } else if let number = line["applied"]?.int, received.indices.contains(number - 1) {
                received[number - 1].applied = true
            } else if let number = line["answered"]?.int, received.indices.contains(number - 1) {
                received[number - 1].status = line["status"]?.int
                received[number - 1].fault = line["fault"]?.string
            }
            if let state = try line["world"]?.decoded(as: CloudWorld.self) { world = state }
        }
        self.world = world
        self.received = received
    }

    /// The server; run it as a service. Port 0 takes a free one: ask ``SandboxServer/boundPort()``.
    package nonisolated func application(
        host: String = "127.0.0.1",
        port: Int = 0,
        logger: Logger = Logger(label: "sandbox.cloud") { _ in SwiftLogNoOpLogHandler() }
    ) -> SandboxServer {
        let server = SandboxServer(host: host, port: port, handler: self, logger: logger)
        servers.withLockedValue { $0.append(WeakServer(server: server)) }
        return server
    }

    /// The cluster with that id.
    package func cluster(_ id: Int) -> CloudWorld.Cluster? { world.clusters.first { $0.id == id } }

    /// The requests that asked for a change, oldest first.
    package var actions: [ReceivedRequest] { received.filter { $0.method == "PUT" } }

    /// Adds a fault. Faults are used up in the order in which they were added.
    package func add(_ fault: CloudFault) {
        if fault.kind == .offline {
            for entry in servers.withLockedValue({ $0 }) { entry.server?.leave(for: fault.duration) }
        } else {
            faults.append(fault)
        }
        changes.notify()
    }

    /// Takes all faults away.
    package func clearFaults() {
        faults = []
        changes.notify()
    }

    /// Changes the world without the API, as somebody does in the provider's dashboard.
    package func edit(_ change: @Sendable (inout CloudWorld) -> Void) throws {
        change(&world)
        try journal.append(["world": SandboxJSON(encoding: world)])
        changes.notify()
    }

    /// Returns as soon as the condition holds; it is looked at after every request and every edit.
    ///
    /// - Throws: ``WaitTimedOut`` with the description.
    package nonisolated func waitUntil(
        _ description: String,
        within timeout: Duration = .seconds(180),
        _ condition: @escaping @Sendable (isolated SimulatedCloud) -> Bool
    ) async throws {
        try await changes.wait(timeout, for: description) { await condition(self) }
    }

    // MARK: What the handler needs

    /// Writes a request down.
    func record(_ request: SandboxRequest) throws -> Int {
        let entry = ReceivedRequest(request, number: received.count + 1, at: settings.now())
        try journal.append(["received": SandboxJSON(encoding: entry)])
        received.append(entry)
        changes.notify()
        return entry.number
    }

    /// Writes down how a request ended. Status nil: the connection was closed.
    func recordAnswer(_ number: Int, status: Int?, fault: CloudFault.Kind?) throws {
        received[number - 1].status = status
        received[number - 1].fault = fault?.rawValue
        try journal.append([
            "answered": .int(number), "status": status.map { .int($0) } ?? nil,
            "fault": fault.map { .string($0.rawValue) } ?? nil,
        ])
        changes.notify()
    }

    /// Takes one use of the first fault that matches.
    func takeFault(method: String, action: String?, unread: Bool) -> CloudFault? {
        let index = faults.firstIndex {
            ($0.kind == .closeUnread) == unread && $0.matches(method: method, action: action)
        }
        guard let index else { return nil }
        faults[index].times -= 1
        let fault = faults[index]
        if fault.times <= 0 { faults.remove(at: index) }
        return fault
    }

    /// Carries out an action; the journal has it before this returns.
    func apply(_ action: CloudAction, onCluster id: Int, for call: CloudCall, number: Int) throws -> SandboxJSON {
        var changed = world
        let data = try changed.perform(
            action,
            onClusterAt: try world.index(ofCluster: id, for: call),
            at: settings.now(),
            restartTakes: settings.restartTakes
        )
        try journal.append(["applied": .int(number), "world": SandboxJSON(encoding: changed)])
        world = changed
        received[number - 1].applied = true
        changes.notify()
        return data
    }

    /// Carries out a request after its reply. It ends with the process; a journal does not resume it.
    func performLater(_ request: SandboxRequest, number: Int, after delay: Duration) {
        late.append(
            Task {
                try? await Task.sleep(for: delay)
                _ = self.perform(request, number: number)
            }
        )
    }
}
