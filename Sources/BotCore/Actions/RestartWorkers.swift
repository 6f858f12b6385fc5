extension ActionSpec {
    /// Restarts the compute nodes; the Slurm controller stays up. No read can prove it afterwards.
    static let restartWorkers = restart(
        name: "restart_workers",
        words: ["restart", "workers"],
        summary: "restart all worker nodes, not the Slurm controller",
        choice: "Workers: jobs stop, the controller stays up",
        effect: { name, nodes in
            "restart the \(workers(nodes)) of \(name), not the controller"
        },
        done: { name, nodes in "\(workers(nodes)) of \(name) restarted, not the controller" }
    )

    private static func workers(_ nodes: Int?) -> String {
        "\(nodes.map { "\($0) " } ?? "")worker\(nodes == 1 ? "" : "s")"
    }
}
