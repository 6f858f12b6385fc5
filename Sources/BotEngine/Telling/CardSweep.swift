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
            let open = try reader.changes(in: [.pending, .ready])
            let words = try words(on: Set(open.map(\.cluster.id)), reader)
            return open.filter { words[$0.id] != $0.shownWait }.map { (id: $0.id, cluster: $0.cluster.id) }
        }
        guard !stale.isEmpty else { return }
        for begin in stride(from: 0, to: stale.count, by: Self.portion) {
            let portion = stale[begin..<min(begin + Self.portion, stale.count)]
            try await context.store.write { writer in
                let words = try words(on: Set(portion.map(\.cluster)), writer)
                for (id, _) in portion {
                    guard var change = try writer.change(id), [.pending, .ready].contains(change.state) else {
                        continue
                    }
                    change.shownWait = words[id]
                    try renew(&change, writer)
                }
            }
        }
        context.outbox.ring()
    }

    /// Returns what the open changes of these clusters wait for, in the words of their cards, by number.
    private func words(on clusters: Set<Int>, _ reader: any StoreReader) throws -> [Int: String] {
        let (rules, now) = (context.rulebook, context.clock.now)
        return try clusters.reduce(into: [:]) { words, id in
            guard let cluster = rules.cluster(id) else { return }
            for (change, wait) in try reader.waits(on: id, rules, at: now) { words[change] = wait.words(on: cluster) }
        }
    }

    /// Stores the change as its next revision, and wants those of its messages edited that stand there. It is no step of the
    /// change: it has no entry, its time stays, and nobody is called or told by it.
    private func renew(_ change: inout Change, _ writer: any StoreWriter) throws {
        change.revision += 1
        try writer.update(change)
        for var post in try writer.posts(of: change.id) where post.place == .conversation || post.place.isCopy {
            let isEdited = context.platforms[post.channel.platform]?.features(in: post.channel).edits == true
            let isMoved = post.place == .conversation && post.channel != change.channel
            guard isEdited, !isMoved else { continue }
            // What is on its way may have been written before this.
            let isOnItsWay = post.posted < post.wanted
            // Whoever was told elsewhere, because the channel takes nothing, is not told again for that.
            if !isOnItsWay || post.told >= post.wanted { post.told = change.revision }
            post.wanted = change.revision
            if !isOnItsWay {
                post.tries = 0
                post.nextTry = context.clock.now
            }
            try writer.save(post)
        }
    }
}
