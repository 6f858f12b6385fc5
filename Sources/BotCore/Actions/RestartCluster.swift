extension ActionSpec {
    /// Restarts the Slurm controller and all nodes. No read can prove it afterwards.
    static let restartCluster = restart(
        name: "restart_cluster",
        words: ["restart", "cluster"],
        summary: "restart the Slurm controller and all nodes",
        choice: "Whole cluster",
        effect: { name, nodes in
            "restart \(name), \(controllerAnd(nodes))"
        },
        done: { name, nodes in "\(name) restarted, \(controllerAnd(nodes))" }
    )

    private static func controllerAnd(_ nodes: Int?) -> String {
        "controller and \(nodes.map { $0 == 1 ? "its node" : "all \($0) nodes" } ?? "all nodes")"
    }
}
