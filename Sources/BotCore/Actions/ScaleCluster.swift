extension ActionSpec {
    /// Adds nodes. The API can only add. `scale to N` sends the difference to the number that was read.
    package static let scaleCluster = ActionSpec(
        name: "scale_cluster",
        words: ["scale"],
        summary: "add nodes (nodes cannot be removed from chat)",
        forms: ["scale 4", "scale +4", "scale to 12"],
        fields: [Field(name: "additional_nodes", kind: .number)],
        needsReading: true,
        proof: [nodes],
        parse: { words throws(WrongInput) in
            if words.take("to") { return [wantedTotal: .int(try words.number("the number of nodes to end with"))] }
            return ["additional_nodes": .int(try words.number("the number of nodes to add", allowsPlus: true))]
        },
        resolve: { arguments, seen throws(PlanProblem) in
            guard let total = arguments[wantedTotal]?.int else { return arguments }
            guard let now = seen?.nodes, now >= 0 else {
                throw PlanProblem(
                    "The number of nodes could not be read, so `scale to` has nothing to count from. Say how many to add: `scale 4`."
                )
            }
            guard total > now else {
                throw PlanProblem(
                    "The cluster has \(counted(now)) already; `scale to \(total)` would add none, and nodes cannot be removed from chat."
                )
            }
            return ["additional_nodes": .int(total - now)]
        },
        compared: sizeAndStatus,
        expected: { _, parameters, before in
            var after = before
            if let now = before[nodes]?.int, let more = parameters["additional_nodes"]?.int {
                // The API's number may be absurd. Where the sum overflows, no number is expected.
                let (sum, overflows) = now.addingReportingOverflow(more)
                after[nodes] = overflows ? nil : .int(sum)
            }
            return after
        },
        effect: { effect in
            guard let more = effect.parameters["additional_nodes"]?.int else {
                return "scale \(effect.cluster) to \(counted(effect.arguments[wantedTotal]?.int ?? 0))"
            }
            let sum = effect.before[nodes]?.int.flatMap { now in
                effect.after[nodes]?.int.map { ", \(now) → \($0)" }
            }
            return "+\(counted(more)) on \(effect.cluster)\(sum ?? "")"
        },
        cautions: { parameters, seen in
            let more = parameters["additional_nodes"]?.int ?? 0
            let each = more == 1 ? "" : seen?.nodePrice.map { ", \($0.written) a node" } ?? ""
            let price = seen?.nodePrice.map { "+\($0.times(more).written) an hour\(each)." }
            return [price, "Nodes cannot be removed from chat."].compactMap(\.self)
        },
        isFollowed: true,
        button: { $0["additional_nodes"]?.int.map { "Add \(counted($0))" } },
        usualNeeds: .confirmation
    )

    /// The argument of `scale to N`: not a field of the body.
    private static let wantedTotal = "to"

    private static func counted(_ nodes: Int) -> String { nodes == 1 ? "1 node" : "\(nodes) nodes" }
}
