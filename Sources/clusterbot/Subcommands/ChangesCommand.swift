import ArgumentParser
import BotCore
import BotStore

struct ChangesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Look at change requests, with or without a running service.",
        subcommands: [List.self, Show.self, Resolve.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List change requests by number, ascending.")

        @OptionGroup var options: ConfigurationOption
        @Option(help: "How many of the newest.") var limit = 50
        @Flag(help: "All of them, whatever the limit.") var all = false
        @Flag(help: "Print a JSON array instead of a table.") var json = false

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
        }

        func run() async throws {
            let store = try options.openStore()
            let rows = try await store.read { reader in
                try reader.newestChanges(all ? nil : limit).map { ($0, try reader.approvals(of: $0.id)) }
            }
            if json {
                print("[" + rows.map { ChangeJSON($0.0, $0.1).text }.joined(separator: ",\n ") + "]")
            } else {
                for (change, _) in rows { print(Self.line(change)) }
            }
        }

        private static func line(_ change: Change) -> String {
            let known = change.howKnown.map { " (\($0.rawValue))" } ?? ""
            return
                "#\(change.id)\t\(change.createdAt)\t\(change.state.rawValue)\(known)\t\(change.requester.shownName)\t\(change.title)"
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one change request.")

        @OptionGroup var options: ConfigurationOption
        @Argument(help: "Its number, 17 or #17.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let digits = id.hasPrefix("#") ? id.dropFirst() : id[...]
            guard let number = Int(digits), number > 0 else {
                throw ValidationError("\(id) is not the number of a change.")
            }
            let store = try options.openStore()
            let found = try await store.read { reader in
                try reader.change(number).map { ($0, try reader.approvals(of: number)) }
            }
            guard let (change, approvals) = found else {
                throw UsageProblem("There is no change #\(number) in this store.")
            }
            let shown = ChangeJSON(change, approvals)
            print(json ? shown.text : shown.lines.joined(separator: "\n"))
        }
    }

    struct Resolve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a person's verdict on an unknown outcome (not supported yet; in chat: resolve)."
        )
        @Argument(parsing: .allUnrecognized) var arguments: [String] = []

        func run() throws {
            throw UsageProblem(
                "`changes resolve` is not supported yet. In chat: `resolve 17 succeeded \"12 nodes in the dashboard\"`."
            )
        }
    }
}
