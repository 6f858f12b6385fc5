import Foundation
import TestSupport
import Testing

/// Conversations as plain text: who types or clicks what, what the channel and the person see, and what the cluster API receives.
/// Each is played by the built program against the real service over HTTP, as `clusterbot demo --play FILE` does.
@Suite(.timeLimit(.minutes(20)))
struct TranscriptTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Transcripts")

    private static let files: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []).filter { $0.hasSuffix(".txt") }
        .sorted()

    @Test func thereAreMany() { #expect(Self.files.count >= 60) }

    @Test(arguments: files) func isPlayed(_ file: String) async throws {
        let played = try await ChildProcess.run(
            Tools.clusterbot,
            ["demo", "--play", Self.folder.appending(path: file).path()]
        )
        #expect(played.exit == 0, "\(played.output)\n\(played.errors)")
    }

    /// A step that does not come out as it says fails, and so does one that is none.
    @Test(arguments: [
        ("amy: /cluster 43 sg add 5\n#ops shows – done\nthe API receives nothing", "The API received 43"),
        ("amy: /cluster list\namy sees Clusters\nthe API receives 43", "The API received nothing"),
        ("amy: /cluster list\n#ops shows list", "did not appear"), ("amy clicks Approve", "There is no button"),
        ("amy says hello", "is no step"),
    ])
    func aStepThatDoesNotHoldFails(_ steps: String, _ words: String) async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("script.txt")
        try "in #ops\n\(steps)\n".write(toFile: file, atomically: true, encoding: .utf8)
        let played = try await ChildProcess.run(Tools.clusterbot, ["demo", "--play", file])
        #expect(played.exit != 0 && played.errors.contains(words), "\(played.output)\n\(played.errors)")
    }

    /// What is stored of a change can be played again.
    @Test func aStoredChangeIsWrittenOutAsOne() async throws {
        let folder = try TemporaryFolder()
        let kept = folder.file("kept")
        let first = folder.file("first.txt")
        try """
        in #ops
        amy: /cluster 42 restart workers because the driver hangs
        #ops shows approve?
        bob clicks Approve
        #ops shows – done
        """.write(toFile: first, atomically: true, encoding: .utf8)
        let played = try await ChildProcess.run(Tools.clusterbot, ["demo", "--play", first, "--keep", kept])
        #expect(played.exit == 0, "\(played.output)\n\(played.errors)")
        let written = try await ChildProcess.run(
            Tools.clusterbot,
            ["changes", "show", "1", "--transcript", "--config", kept + "/clusterbot.yaml"]
        )
        for line in [
            "in #C0OPS", #"amy: /cluster 42 restart workers --reason "the driver hangs""#, "bob clicks Approve",
            #"the API receives 42 {"action":"restart_workers"}"#, "#C0OPS shows – done",
        ] { #expect(written.output.split(separator: "\n").contains(line[...]), "\(written.output)\n\(written.errors)") }
        let again = folder.file("again.txt")
        try written.output.write(toFile: again, atomically: true, encoding: .utf8)
        let replayed = try await ChildProcess.run(Tools.clusterbot, ["demo", "--play", again])
        #expect(replayed.exit == 0, "\(replayed.output)\n\(replayed.errors)")
    }
}
