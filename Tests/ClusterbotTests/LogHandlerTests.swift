import BotCore
import Logging
import Testing

@testable import clusterbot

/// A line of the log stays one line and shows all that is in it.
struct LogHandlerTests {
    private static let at = Timestamp(seconds: 1_790_000_000)
    /// A terminal's escape, its one-character form, a change of direction, line ends of three kinds, an invisible mark.
    private static let hostile = "a\u{1B}[2J\u{9B}2J\u{202E}b\r\nc\u{2028}d\u{85}e\u{200B}\u{7F}f"

    @Test func numbersAreNumbersInJSON() throws {
        let line = JSONLogHandler(label: "clusterbot").line(
            .info,
            "#17 sending",
            ["change": .stringConvertible(17), "seconds": .stringConvertible(0.12345), "is": .stringConvertible(true)],
            at: Self.at
        )
        #expect(
            line == ##"{"at":"2026-09-21T14:13:20.000Z","change":17,"is":true,"level":"info","logger":"clusterbot","##
                + ##""message":"#17 sending","seconds":0.123}"##
        )
    }

    @Test func nothingInvisibleGetsThroughInEitherFormat() throws {
        let facts: Logger.Metadata = ["text": "\(Self.hostile)", "plain": "C0OPS", "quoted": "x\" y=z"]
        let machine = JSONLogHandler(label: "l").line(.info, Self.hostile, facts, at: Self.at)
        let people = TextLogHandler(label: "l").line(.info, Self.hostile, facts, at: Self.at)
        for line in [machine, people] {
            #expect(line.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }, "\(line)")
            #expect(line.contains(#"a\u001b[2J\u009b2J\u202eb\r\nc\u2028d\u0085e\u200b\u007ff"#), "\(line)")
        }
        let read = try JSONValue(parsing: machine.utf8)
        #expect(read["text"]?.string == Self.hostile && read["message"]?.string == Self.hostile)
        #expect(people.contains(#" plain=C0OPS quoted="x\" y=z" text=""#))
    }

    @Test func lettersOfAllLanguagesStay() {
        let line = TextLogHandler(label: "l").line(.info, "größer प्रोड 集群 \\ \"x\"", [:], at: Self.at)
        #expect(line.hasSuffix("info größer प्रोड 集群 \\ \"x\""))
    }
}
