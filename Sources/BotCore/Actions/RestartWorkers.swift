extension ActionSpec {
    /// Restarts the compute nodes; the Slurm controller stays up. No read can prove it afterwards.
    static let restartWorkers = restart(
        name: "restart_workers",
        words: ["restart", "workers"],
        summary: "restart all worker nodes, not the Slurm controller",
        choice: "Workers: jobs stop, the controller stays up",
        effect: { name, nodes in
            "restart the \(nodes.map { "\($0) " } ?? "")worker\(nodes == 1 ? "" : "s") of \(name), not the controller"
        }
    )
}
