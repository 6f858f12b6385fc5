extension ActionSpec {
    /// Restarts the Slurm controller and all nodes. No read can prove it afterwards.
    static let restartCluster = restart(
        name: "restart_cluster",
        words: ["restart", "cluster"],
        summary: "restart the Slurm controller and all nodes",
        effect: "restart the Slurm controller and all nodes"
    )
}
