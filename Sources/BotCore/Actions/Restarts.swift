extension ActionSpec {
    /// Restarts the compute nodes; the Slurm controller stays up. No read can prove it afterwards.
    static let restartWorkers = restart(
        name: "restart_workers",
        words: ["restart", "workers"],
        summary: "restart all worker nodes, not the Slurm controller",
        effect: "restart all worker nodes (the Slurm controller stays up)"
    )

    /// Restarts the Slurm controller and all nodes. No read can prove it afterwards.
    static let restartCluster = restart(
        name: "restart_cluster",
        words: ["restart", "cluster"],
        summary: "restart the Slurm controller and all nodes",
        effect: "restart the Slurm controller and all nodes"
    )

    private static func restart(name: String, words: [String], summary: String, effect: String) -> ActionSpec {
        ActionSpec(
            name: name,
            words: words,
            summary: summary,
            forms: [words.joined(separator: " ")],
            fields: [],
            needsReading: false,
            proof: [],
            parse: { _ throws(WrongInput) in [:] },
            resolve: argumentsAsGiven,
            compared: sizeAndStatus,
            expected: unchanged,
            effect: { _, before, _ in
                before["no_of_nodes"]?.int.map { "\(effect), \($0) in all" } ?? effect
            },
            cautions: { _, seen in
                let read = seen == nil ? "The cluster could not be read; this goes by what was typed." : nil
                return ["Running jobs stop unless they can resume from a checkpoint.", read].compactMap(\.self)
            },
            statusCounts: .onlyDeleted,
            usualNeeds: .secondPerson
        )
    }
}
