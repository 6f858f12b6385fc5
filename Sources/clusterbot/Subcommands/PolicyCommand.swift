import ArgumentParser

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Explain and test the policy (not supported yet).",
        subcommands: [Explain.self, Test.self]
    )

    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Explain one decision (not supported yet).")
        @Argument(parsing: .allUnrecognized) var arguments: [String] = []

        func run() throws {
            throw UsageProblem(
                "`policy explain` is not supported yet. In chat, `why 42 restart cluster` answers the same question."
            )
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check a table of decisions (not supported yet).")
        @Argument(parsing: .allUnrecognized) var arguments: [String] = []

        func run() throws { throw UsageProblem("`policy test` is not supported yet.") }
    }
}
