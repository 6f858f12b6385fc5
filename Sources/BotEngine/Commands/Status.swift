import BotCore

/// `42 status`: the cluster as it is now. The first answer says that it is being read; what was read follows in private.
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

    func answer(_ asking: Asking) -> Reply {
        guard asking.context.clusters.readsBack else {
            return Reply(
                "I may not read clusters here (`read_back: false`). What I know: `\(asking.rules.commandWords[asking.channel]) \(named.id) history`"
            )
        }
        return asking.later("Reading \(named.title) …") { [named] in
            await Self.message(named, asking.rules, asking.context)
        }
    }

    private static func message(_ cluster: Cluster, _ rules: Rulebook, _ context: EngineContext) async -> Message {
        let now = context.clock.now
        let known = try? await context.store.read { reader in
            let open = try reader.changes(cluster: cluster.id, in: [.preparing, .pending, .ready, .sending, .unknown])
            let closures = try reader.closures(of: cluster, rules, at: now)
            return (open: open, notes: try reader.notes(on: open, rules, at: now), closures: closures)
        }
        let closed = (known?.closures ?? []).map {
            Message.Block.text(RichText(marked: "\($0.sign) \($0.explanation)"))
        }
        let lines =
            closed
            + (known?.open ?? []).map { change in
                Message.Block.text(
                    "\(strong: "#\(change.id)") \(change.title) – \(change.state.rawValue)"
                        + RichText(marked: known?.notes[change.id] ?? "")
                )
            }
        do {
            let seen = try await context.clusters.read(cluster, withReservedIPs: false)
            let keys = seen.sshKeys.map { keys in
                keys.map { key in seen.sshKeyLabels[key].map { "\(key) (\($0))" } ?? "\(key)" }.joined(separator: ", ")
            }
            let facts = [
                ("Status", seen.status), ("Nodes", seen.nodes.map(String.init)),
                ("Image", seen.imageVersion.map { "\($0)" + (seen.imageName.map { " \($0)" } ?? "") }),
                ("SSH keys", keys), ("Price of a node and hour", seen.nodePrice),
            ].compactMap { name, value in value.map { Message.Fact(name, "\($0)") } }
            let summary: RichText =
                "\(cluster.title): \(seen.status ?? "status unknown"), \(seen.nodes.map(String.init) ?? "?") nodes"
            return Message(summary: summary, blocks: [.heading(cluster.title), .facts(facts)] + lines)
        } catch {
            let text: RichText = "\(strong: cluster.title) could not be read. \(error.message)"
            return Message(summary: text, blocks: [.text(text)] + lines)
        }
    }
}
