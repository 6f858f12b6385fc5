import ArgumentParser
import BotCore
import BotEngine
import Foundation

/// Prints entries of the history.
struct HistoryOutput {
    /// The form for programs; nil: a line for people.
    let format: HistoryFormat?
    /// Whether each entry must be seen at once, because the command goes on.
    let isFlushed: Bool

    /// Prints what stands before the first entry.
    func begin() {
        if format == .csv {
            Swift.print(HistoryCSV.byteOrderMark + HistoryCSV.header, terminator: HistoryCSV.lineEnd)
        }
    }

    /// Prints an entry.
    /// - Throws: an exit code where nobody reads any more, as behind `| head`.
    func print(_ entry: ChainedEntry) throws {
        switch format {
        case .csv: Swift.print(HistoryCSV.line(entry), terminator: HistoryCSV.lineEnd)
        case .jsonl: Swift.print(entry.exportLine)
        case nil: if case .text(let line) = entry.historyLine { Swift.print(TerminalText.line(line.plain)) }
        }
        if isFlushed, fflush(nil) != 0 { throw ExitCode.failure }
    }
}
