import ArgumentParser

struct ReplicasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replicas",
        abstract: "List the processes that share a database (not supported yet)."
    )
    @Argument(parsing: .allUnrecognized) var arguments: [String] = []

    func run() throws {
        throw UsageProblem("`replicas` is not supported yet: one process has one store. `health URL` asks how it is.")
    }
}
