import ArgumentParser
import BotCore
import BotEngine
import BotStore

struct ChangesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Look at change requests and settle unknown outcomes, with or without a running service.",
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
            let count = all ? nil : limit
            if json {
                let texts = try await store.read { reader in
                    try reader.newestChanges(count).map { TerminalText.json(try ChangeJSON($0, reader).text) }
                }
                print("[" + texts.joined(separator: ",\n ") + "]")
            } else {
                for change in try await store.read({ try $0.newestChanges(count) }) { print(Self.line(change)) }
            }
        }

        private static func line(_ change: Change) -> String {
            let known = change.howKnown.map { " (\($0.rawValue))" } ?? ""
            return [
                "#\(change.id)", "\(change.createdAt)", "\(change.state.rawValue)\(known)", change.requester.shownName,
                change.title,
            ].map { TerminalText.line($0) }.joined(separator: "\t")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one change request.")

        @OptionGroup var options: ConfigurationOption
        @Argument(help: "Its number, 17 or #17.") var id: ChangeNumber
        @Flag(help: "Print JSON.") var json = false
        @Flag(help: "Print it as a script that `clusterbot demo --play` plays.") var transcript = false

        func validate() throws {
            guard !json || !transcript else { throw ValidationError("Use --json or --transcript, not both.") }
        }

        func run() async throws {
            let number = id.number
            let store = try options.openStore()
            let found = try await store.read { reader in
                try reader.change(number).map { ($0, try ChangeJSON($0, reader), try reader.history(of: number)) }
            }
            guard let (change, shown, entries) = found else {
                throw UsageProblem("There is no change #\(number) in this store.")
            }
            if transcript { return print(ChangeTranscript(change, entries).text) }
            print(json ? TerminalText.json(shown.text) : shown.lines.joined(separator: "\n"))
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a person's verdict on an unknown outcome.",
            discussion: """
                You act as the person who lists the account os:HOST/UID of your user on this machine, under the same rights \
                and rules as in chat. It sends nothing to the cluster; the channel is told. The running service does it; \
                without one this command takes the store's lock itself, and the channel is told at the next start.
                """
        )

        @OptionGroup var options: ConfigurationOption
        @Argument(help: "Its number, 17 or #17.") var id: ChangeNumber
        @Flag(help: "It was carried out, or was not.") var verdict: Verdict
        @Option(help: "How you know.") var reason: String

        enum Verdict: String, EnumerableFlag { case succeeded, failed }

        func run() async throws {
            let client = OperationsClient(configuration: try options.find())
            let (id, succeeded, reason) = (id.number, verdict == .succeeded, reason)
            let text = try await client.run(
                .init(
                    path: "/changes/\(id)/resolve",
                    body: .object(["succeeded": .bool(succeeded), "reason": .string(reason)])
                ) { operations, account in
                    try await operations.resolve(id, succeeded: succeeded, reason: reason, by: account)
                }
            )
            print(TerminalText.line(text))
        }
    }
}
