import BotCore
import Logging

/// Writes the counted requests of unlisted accounts into the history, one entry an account and minute.
struct StrangersReport: Sendable {
    let context: EngineContext
    let strangers: Strangers

    private let bell = Bell()

    init(context: EngineContext, strangers: Strangers) {
        self.context = context
        self.strangers = strangers
    }

    private static let pause = Duration.seconds(5)

    func run() async {
        while !bell.isClosed, !Task.isCancelled {
            await bell.wait(atMost: Self.pause, clock: context.clock)
            if !bell.isClosed { await write(isEnd: false) }
        }
    }

    /// Lets ``run()`` end.
    func finish() { bell.close() }

    /// Writes what was counted in minutes that are over; at the end, in all.
    func write(isEnd: Bool) async {
        for tally in strangers.takeCounted(at: context.clock.uptime, isEnd: isEnd) {
            do {
                let mayPost = !isEnd && strangers.mayPost(at: context.clock.uptime)
                try await shielded {
                    try await context.store.write { writer in
                        try context.recorder(writer).append(tally, mayPost: mayPost)
                    }
                }
                context.outbox.ring()
            } catch {
                if !isEnd { strangers.giveBack(tally, at: context.clock.uptime) }
                context.logger.error(
                    "refusals of an unlisted account not stored",
                    metadata: ["count": .stringConvertible(tally.count), "error": "\(error)"]
                )
            }
        }
    }
}

extension ChangeRecorder {
    /// Adds the entry that stands for several refusals, and wants a post about it beside the first of them.
    fileprivate func append(_ tally: Strangers.Tally, mayPost: Bool) throws {
        let head = try writer.append(
            HistoryEntry(
                at: now,
                kind: .refused,
                actor: tally.actor,
                detail: [
                    "count": .int(tally.count), "first": .int(tally.change), "state": .string("refused"),
                    "clusters": .array(tally.clusters.sorted().map(JSONValue.string)),
                    "actions": .array(tally.actions.sorted().map(JSONValue.string)),
                    "outcome": .string(tally.sentence),
                ]
            )
        )
        guard mayPost, let first = try writer.change(tally.change) else { return }
        try announce(head, of: first, inConversation: false)
    }
}

extension Strangers.Tally {
    fileprivate var sentence: String {
        let requests = count == 1 ? "1 more request" : "\(count) more requests"
        let words = actions.map { ActionCatalogue.action(named: $0)?.words.joined(separator: " ") ?? $0 }.sorted()
        return "\(requests) like #\(change) refused: nobody lists \(actor.shownName). "
            + "Clusters: \(clusters.sorted().joined(separator: ", ")). Actions: \(words.joined(separator: ", "))."
    }
}
