import BotCore
import Testing

@testable import BotEngine

@Suite("An entry of the history in one line", .timeLimit(.minutes(20)))
struct HistoryLineTests {
    /// A later version may write kinds that this one does not know.
    @Test func showsAKindThatNobodyKnowsByItsName() throws {
        let entry = HistoryEntry(
            at: Timestamp(seconds: 0),
            kind: .reloaded,
            actor: .bot,
            detail: ["outcome": .string("Held.")]
        )
        let known = ChainedEntry(entry, after: .start) { "" }
        let text = known.entry.replacing(#""kind":"reloaded""#, with: #""kind":"frozen""#)
        let later = ChainedEntry(seq: 1, entry: text, prev: known.prev, hash: known.hash, texts: [:])
        guard case .text(let line) = later.historyLine else {
            Issue.record("the line is no text")
            return
        }
        #expect(line.plain.contains("frozen by clusterbot: Held."))
    }
}
