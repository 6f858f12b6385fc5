import ArgumentParser
import BotCore
import BotEngine
import BotStore

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Read, export and verify the change history, with or without a running service.",
        subcommands: [List.self, Export.self, Verify.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the newest entries for people.")

        @OptionGroup var options: ConfigurationOption
        @Option(help: "How many; without a bound where --since is given. (default: 50)") var limit: Int?
        @Option(help: "Only of the cluster with this id.") var cluster: Int?
        @Option(help: "For programs: jsonl or csv, as `history export` prints them.") var format: HistoryFormat?
        @OptionGroup var range: HistoryRange

        func run() async throws {
            let output = HistoryOutput(format: format, isFlushed: range.follow)
            output.begin()
            let store = try options.openStore()
            let head = try await store.read { try $0.historyHead() }
            guard head.seq >= range.since ?? 0 else { throw HistoryRange.isAhead(head) }
            var next = head.seq + 1
            if let since = range.since, limit == nil {
                next = since + 1
            } else {
                let newest = try await store.read { try $0.newestHistory(limit ?? 50, cluster: cluster) }
                for entry in newest where entry.seq > range.since ?? 0 && entry.seq <= head.seq {
                    try output.print(entry)
                }
                guard range.follow else { return }
            }
            let waiting = range.follow ? HistoryRange.pause : nil
            for try await entry in HistoryEntries(of: store, from: next, waiting: waiting)
            where cluster == nil || entry.record?.cluster?.id == cluster {
                try output.print(entry)
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print every entry exactly as it was stored.")

        @OptionGroup var options: ConfigurationOption
        @Option(help: "jsonl (one object a line, as stored) or csv.") var format = HistoryFormat.jsonl
        @OptionGroup var range: HistoryRange

        func run() async throws {
            let output = HistoryOutput(format: format, isFlushed: range.follow)
            output.begin()
            let store = try options.openStore()
            let head = try await store.read { try $0.historyHead() }
            let since = range.since ?? 0
            guard head.seq >= since else { throw HistoryRange.isAhead(head) }
            let entries = HistoryEntries(of: store, from: since + 1, waiting: range.follow ? HistoryRange.pause : nil)
            for try await entry in entries { try output.print(entry) }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the whole chain; exit code 0 and the head, or 1 and the first entry that does not fit."
        )

        @OptionGroup var options: ConfigurationOption
        @Option(
            help: ArgumentHelp(
                "A head seen in the channel: also finds a history that was cut or rewritten.",
                valueName: "SEQ:HASH"
            )
        )
        var expect: String?

        func run() async throws {
            let store = try options.openStore()
            // The marker beside the store shows if entries were cut off. An expectation from the history channel shows
            // it even if store and marker were both replaced.
            let remembered = try store.rememberedHead().flatMap { HistoryVerifier.Expectation($0) }
            let verifier = HistoryVerifier(store)
            var verdict = try await verifier.verify(expecting: try expect.map(Self.expectation) ?? remembered)
            if expect != nil, let remembered, case .intact = verdict {
                verdict = try await verifier.verify(expecting: remembered)
            }
            switch verdict {
            case .intact(let count, let head):
                print("\(count) entries, head \(head.seq):\(head.hash)")
            case .broken(let seq, let reason):
                print(TerminalText.line("entry \(seq) does not fit: \(reason)"))
                throw ExitCode(1)
            }
        }

        private static func expectation(_ text: String) throws -> HistoryVerifier.Expectation {
            guard let expectation = HistoryVerifier.Expectation(text) else {
                throw ValidationError(
                    "--expect is SEQ:HASH as result messages end, with at least "
                        + "\(HistoryVerifier.Expectation.fewestDigits) characters of the hash: 41:9f8e7d6c5b4a3f2e"
                )
            }
            return expectation
        }
    }
}
