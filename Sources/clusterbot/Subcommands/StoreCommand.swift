import ArgumentParser

struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Move the store to another database (not supported yet).",
        subcommands: [Copy.self]
    )

    struct Copy: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the store to another database (not supported yet)."
        )
        @Argument(parsing: .allUnrecognized) var arguments: [String] = []

        func run() throws {
            throw UsageProblem("`store copy` is not supported yet. `backup FILE` copies the store to a file.")
        }
    }
}
