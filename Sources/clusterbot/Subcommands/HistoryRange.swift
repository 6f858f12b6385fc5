import ArgumentParser
import BotCore

/// The options that say which part of the history is printed.
struct HistoryRange: ParsableArguments {
    /// The time between two looks for new entries.
    static let pause = Duration.milliseconds(500)

    @Option(help: ArgumentHelp("Only the entries after this number: the last one that you have.", valueName: "SEQ"))
    var since: Int?
    @Flag(help: "Go on with each entry as it is made, until this command is ended.") var follow = false

    func validate() throws {
        if let since, since < 0 { throw ValidationError("--since is the number of an entry: 0 or more.") }
    }

    /// The error for a number that the history has not reached.
    static func isAhead(_ head: HistoryHead) -> ValidationError {
        ValidationError(
            "--since names an entry that this history does not have: it ends with entry \(head.seq). Was the store put "
                + "back to an earlier time? `clusterbot history verify` looks."
        )
    }
}
