extension ActionSpec {
    /// Restarts the compute nodes; the Slurm controller stays up. No read can prove it afterwards.
    static let restartWorkers = restart(
        name: "restart_workers",
        words: ["restart", "workers"],
        summary: "restart all worker nodes, not the Slurm controller",
        effect: "restart all worker nodes (the Slurm controller stays up)"
    )
}
