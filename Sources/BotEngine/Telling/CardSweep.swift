import BotCore

/// Has the cards of changes that wait written anew where what they wait for has changed: a lock or freeze began or ended, the
/// change before it is gone, an outcome became unknown or was settled, the rules were replaced.
///
/// It compares rather than being told by each of those, so that none can be forgotten.
struct CardSweep: Sendable {
    let context: EngineContext

    /// The most cards that are wanted anew in one transaction: webhooks wait behind it.
    private static let portion = 100

    func run() async throws {
        let stale = try await context.store.read { reader in
            let (rules, now) = (context.rulebook, context.clock.now)
            return try reader.changes(in: [.pending, .ready]).filter { try Self.isStale($0, reader, rules, now) }.map(
                \.id
            )
        }
        guard !stale.isEmpty else { return }
        for begin in stride(from: 0, to: stale.count, by: Self.portion) {
            let portion = stale[begin..<min(begin + Self.portion, stale.count)]
            try await context.store.write { writer in
                let (rules, now) = (context.rulebook, context.clock.now)
                for id in portion {
                    guard var change = try writer.change(id), [.pending, .ready].contains(change.state) else {
                        continue
                    }
                    change.shownWait = try Self.words(change, writer, rules, now)
                    try renew(&change, writer, now)
                }
            }
        }
        context.outbox.ring()
    }

    private static func isStale(
        _ change: Change,
        _ reader: any StoreReader,
        _ rules: Rulebook,
        _ now: Timestamp
    ) throws -> Bool {
        try words(change, reader, rules, now) != change.shownWait
    }

    private static func words(
        _ change: Change,
        _ reader: any StoreReader,
        _ rules: Rulebook,
        _ now: Timestamp
    ) throws -> String? {
        try reader.wait(of: change, rules, at: now)?.words(on: change.cluster)
    }

    /// Stores the change as its next revision, and wants those of its messages edited that stand there. It is no step of the
    /// change: it has no entry, its time stays, and nobody is called or told by it.
    private func renew(_ change: inout Change, _ writer: any StoreWriter, _ now: Timestamp) throws {
        change.revision += 1
        try writer.update(change)
        for var post in try writer.posts(of: change.id) where post.place == .conversation || post.place.isCopy {
            let isEdited = context.platforms[post.channel.platform]?.features(in: post.channel).edits == true
            let isMoved = post.place == .conversation && post.channel != change.channel
            guard isEdited, !isMoved else { continue }
            // What is on its way may have been written before this.
            let isOnItsWay = post.posted < post.wanted
            post.wanted = change.revision
            if !isOnItsWay {
                post.told = change.revision
                post.tries = 0
                post.nextTry = now
            }
            try writer.save(post)
        }
    }
}
