import BotCore
import Foundation
import TestSupport
import Testing

@Suite("Changes as JSON", .timeLimit(.minutes(5)))
struct ChangeJSONTests {
    /// A plan that another change made wrong is replaced: both say so, and every key that is guaranteed is there.
    @Test func sayWhatReplacesWhat() async throws {
        let folder = try TemporaryFolder()
        let (script, kept) = (folder.file("script.txt"), folder.file("kept"))
        try """
        in #ops
        amy: /cluster 42 scale 4 because jobs wait
        #ops shows please confirm
        amy: /cluster 42 scale 2
        #ops shows 8 → 10
        amy: /cluster confirm 2
        #ops shows #1 replaced
        """.write(toFile: script, atomically: true, encoding: .utf8)
        let played = try await ChildProcess.run(Tools.clusterbot, ["demo", "--play", script, "--keep", kept])
        #expect(played.exit == 0, "\(played.output)\n\(played.errors)")
        let listed = try await ChildProcess.run(
            Tools.clusterbot,
            ["changes", "list", "--all", "--json", "--config", kept + "/clusterbot.yaml"]
        )
        let changes = try #require(try JSONValue(parsing: Array(listed.output.utf8)).array)
        #expect(changes.map { $0["id"]?.int } == [1, 2, 3])
        for change in changes {
            guard case .object(let members) = change else {
                Issue.record("not an object: \(change)")
                return
            }
            #expect(Set(members.keys) == Self.keys)
        }
        #expect(changes[0]["state"] == .string("superseded"))
        #expect(changes.map { $0["replaces"] } == [.null, .null, .int(1)])
        #expect(changes.map { $0["replaced_by"] } == [.int(3), .null, .null])
        #expect(changes.map { $0["reason"]?.string } == ["jobs wait", nil, "jobs wait"])
    }

    private static let keys: Set = [
        "id", "state", "how_known", "cluster", "action", "parameters", "requester", "channel", "reason", "approvals",
        "digest", "replaces", "replaced_by", "created_at", "updated_at", "outcome",
    ]
}
