import BotCore
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle

/// Does work that is found in the store, side by side up to a width, never two pieces with one key at once.
///
/// The store is the queue: a piece that was not finished is found again. Shutdown stops the finding; pieces that run
/// are finished.
struct WorkerLoop: Sendable {
    /// One piece of work and the key that no two running pieces may share.
    struct Piece: Sendable {
        let key: String
        /// The person for whom it is done: nobody gets more than a share of what runs at once. Nil: for nobody in
        /// particular.
        var owner: String?
        /// What the lines of the log about it say that it is about.
        let subject: LogSubject
        /// Does the piece. Returns true if there may be more to do at once; false if looking again would find the same.
        let run: @Sendable () async throws -> Bool

        init(
            key: String,
            owner: String? = nil,
            about subject: LogSubject = LogSubject(),
            run: @escaping @Sendable () async throws -> Bool
        ) {
            self.key = key
            self.owner = owner
            self.subject = subject
            self.run = run
        }
    }

    let name: String
    let bell: Bell
    let context: EngineContext
    /// The most pieces that run at once.
    let width: Int
    /// Finds what is to be done now. The loop leaves out keys that run already.
    let find: @Sendable () async throws -> [Piece]
    /// Returns how long to wait for the bell before looking again.
    let pause: @Sendable () async -> Duration

    /// The pause after a failure: the store or a peer needs time, and looking again at once would only add load.
    private static let pauseAfterFailure = Duration.seconds(1)

    func run() async {
        await withGracefulShutdownHandler {
            await loop()
        } onGracefulShutdown: {
            bell.close()
        }
    }

    private func loop() async {
        let crowd = NIOLockedValueBox(Crowd())
        let failed = NIOLockedValueBox(false)
        await withDiscardingTaskGroup { group in
            while !bell.isClosed, !Task.isCancelled {
                let before = crowd.withLockedValue(\.running)
                do {
                    for piece in try await find() {
                        // A piece that ran during the look may have done already what the look found: only a new look
                        // tells.
                        if before.contains(piece.key) {
                            if !crowd.withLockedValue({ $0.running.contains(piece.key) }) { bell.ring() }
                            continue
                        }
                        guard crowd.withLockedValue({ $0.begin(piece, width) }), !bell.isClosed else { continue }
                        group.addTask {
                            var mayContinue = true
                            do {
                                mayContinue = try await LogSubject.$current.withValue(piece.subject) {
                                    try await piece.run()
                                }
                            } catch {
                                LogSubject.$current.withValue(piece.subject) { report(error) }
                                failed.withLockedValue { $0 = true }
                            }
                            let hasOthers = crowd.withLockedValue { $0.end(piece) }
                            if mayContinue || hasOthers { bell.ring() }
                        }
                    }
                } catch {
                    report(error)
                    failed.withLockedValue { $0 = true }
                }
                let hadFailure = failed.withLockedValue { failed in
                    defer { failed = false }
                    return failed
                }
                if hadFailure, !bell.isClosed {
                    try? await context.clock.sleep(Self.pauseAfterFailure)
                    continue
                }
                await bell.wait(atMost: await pause(), clock: context.clock)
            }
        }
    }

    /// One owner's pieces take at most the width divided by this.
    private static let share = 4

    /// The pieces that run, and whether others found no room.
    private struct Crowd {
        private(set) var running: Set<String> = []
        private var ofOwner: [String: Int] = [:]
        private var isFull = false

        /// Returns false if it runs already or there is no room.
        mutating func begin(_ piece: Piece, _ width: Int) -> Bool {
            guard !running.contains(piece.key) else { return false }
            let theirs = piece.owner.map { ofOwner[$0, default: 0] } ?? 0
            guard running.count < width, theirs < max(1, width / WorkerLoop.share) else {
                isFull = true
                return false
            }
            if let owner = piece.owner { ofOwner[owner] = theirs + 1 }
            return running.insert(piece.key).inserted
        }

        /// Returns true if others found no room; now there is some.
        mutating func end(_ piece: Piece) -> Bool {
            defer { isFull = false }
            running.remove(piece.key)
            if let owner = piece.owner { ofOwner[owner] = ofOwner[owner].flatMap { $0 > 1 ? $0 - 1 : nil } }
            return isFull
        }
    }

    private func report(_ error: any Error) {
        // When the service ends because another part failed, the store may close while a worker still looks.
        guard !(error is CancellationError), (error as? StoreError)?.code != .closed else { return }
        context.logger.error("worker failed", metadata: ["worker": "\(name)", "error": "\(error)"])
    }
}
