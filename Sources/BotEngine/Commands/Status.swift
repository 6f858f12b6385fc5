import BotCore

/// `42 status`: the cluster as it is now, who holds it, what waits there and what was last done.
package struct Status: Command, Question {
    package static let form = CommandForm(
        "status",
        summary: "the cluster as it is now, and what waits there",
        place: .behindCluster,
        topic: .look,
        examples: ["{cluster} status"]
    )

    private let named: Cluster

    package init(cluster: Cluster) { named = cluster }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        guard let cluster else { throw WrongInput("Name a cluster.", example: "list") }
        try words.end(example: "\(cluster.id) status")
        return Self(cluster: cluster)
    }

    package var cluster: Cluster? { named }

    func answer(_ asking: Asking) async -> Reply {
        let (rules, context) = (asking.rules, asking.context)
        guard context.clusters.readsBack else {
            let blocks = await Self.known(named, rules, context)
            let text =
                "I may not read clusters here (`read_back: false`), so this is only what I know of \(named.title)."
            return Reply(
                Message(summary: "\(named.title): what I know", blocks: [.text(RichText(marked: text))] + blocks)
            )
        }
        return await asking.soon("I am reading \(named.title). The answer follows in a moment.") { [named] in
            await Self.message(named, rules, context)
        }
    }

    private static func message(_ cluster: Cluster, _ rules: Rulebook, _ context: EngineContext) async -> Message {
        let known = await known(cluster, rules, context)
        var seen: ClusterReading
        do {
            seen = try await read(cluster, context.clusters)
        } catch {
            let text: RichText = "\(strong: cluster.title) could not be read. \(error.message)"
            return Message(summary: text, blocks: [.text(text)] + known)
        }
        let groups = (try? await context.store.read { try $0.knownSecurityGroups(of: cluster.id) }) ?? []
        if !groups.isEmpty {
            seen.lists = await context.clusters.lists([.securityGroups], of: cluster, isFresh: false)
        }
        let words = { (numbers: [Int], kind: ListKind) in
            numbers.isEmpty ? "none" : numbers.map { seen.words($0, kind) }.joined(separator: ", ")
        }
        let status = seen.status ?? "status unknown"
        let nodes = seen.nodes.map { $0 == 1 ? "1 node" : "\($0) nodes" } ?? "number of nodes unknown"
        let price = seen.nodePrice.flatMap { price in
            seen.nodes.map { "\(price.times($0).written) an hour" + ($0 == 1 ? "" : ", \(price.written) a node") }
        }
        let facts = [
            ("Image", seen.imageVersion.map { words([$0], .images) }),
            ("SSH keys", seen.sshKeys.map { words($0, .sshKeys) }),
            ("IP addresses", seen.reservedIPs == nil ? nil : words(seen.present(.reservedIPs), .reservedIPs)),
            ("Security groups", groups.isEmpty ? nil : "\(words(groups.sorted(), .securityGroups)), as far as I know"),
            ("Costs", price),
        ].compactMap { name, value in value.map { Message.Fact(name, "\($0)") } }
        return Message(
            summary: "\(cluster.title): \(status), \(nodes)",
            blocks: [.text("\(strong: cluster.title): \(strong: status), \(nodes)"), .facts(facts)] + known
        )
    }

    /// Reads the cluster, and its addresses where they can be read. An API that does not answer is waited for once.
    private static func read(
        _ cluster: Cluster,
        _ control: any ClusterControl
    ) async throws(ReadProblem) -> ClusterReading {
        let seen = try await control.read(cluster, withReservedIPs: false)
        return (try? await control.read(cluster, withReservedIPs: true)) ?? seen
    }

    /// What the store knows: who holds the cluster, what waits there, and what was last done.
    private static func known(
        _ cluster: Cluster,
        _ rules: Rulebook,
        _ context: EngineContext
    ) async -> [Message.Block] {
        let now = context.clock.now
        let lines = try? await context.store.read { reader -> [RichText] in
            let open = try reader.changes(cluster: cluster.id, in: [.preparing, .pending, .ready, .sending, .unknown])
            let notes = try reader.notes(on: open, rules, at: now)
            let closed = try reader.closures(of: cluster, rules, at: now).map {
                RichText(marked: "\($0.sign) \($0.explanation)")
            }
            let waiting = try open.map { change in
                "\(change.state.sign) \(strong: "#\(change.id)") \(change.title), asked by \(change.requester) – \(RichText(marked: try reader.standing(of: change, rules, at: now)))"
                    + RichText(marked: notes[change.id] ?? "")
            }
            let ended = try reader.newestChanges(lookedAt, matching: ChangeFilter(cluster: cluster.id))
            let last = try ended.first { $0.state == .succeeded || $0.state == .failed }.map { change in
                try "Last: " + History.line(change, reader)
            }
            return closed + coming(cluster, rules, now) + waiting + [last].compactMap(\.self)
        }
        return Message.limited((lines ?? []).map { .text($0) })
    }

    /// The changes among which the last one is looked for.
    private static let lookedAt = 20
    /// A freeze that begins within this time is told of.
    private static let near = Duration.seconds(86_400)

    private static func coming(_ cluster: Cluster, _ rules: Rulebook, _ now: Timestamp) -> [RichText] {
        rules.freezes.filter { $0.from > now && $0.from <= now + near && $0.covers(rules.present(cluster)) }
            .map { "❄️ frozen from \($0.from) until \($0.until) (\($0.name))" }
    }
}
