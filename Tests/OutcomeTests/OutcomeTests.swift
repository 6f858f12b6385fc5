import NIOConcurrencyHelpers
import TestSupport
import Testing

/// Every reply that the cluster API can give, each with the action applied, not applied and applied late: one request at
/// most, the right verdict at first, and the right one in the end.
@Suite(.timeLimit(.minutes(20)))
struct OutcomeTests {
    private static let effects: [Effect] = [.applied, .notApplied, .beforeRead(2)]

    /// Each with a cluster of its own.
    private static func each(_ replies: [Reply]) -> [Scenario] {
        replies.flatMap { reply in effects.map { (reply, $0) } }.enumerated().map { index, one in
            Scenario(one.0, one.1, cluster: 1000 + index)
        }
    }

    @Test(arguments: Reply.answers) func wholeRepliesCountForWhatTheyProve(_ group: Reply.Group) async throws {
        try await Stage.play(Self.each(group.replies))
    }

    @Test func repliesThatAreCutOrNoRepliesLeaveTheOutcomeToReading() async throws {
        try await Stage.play(Self.each(Reply.cut))
    }

    @Test func repliesThatDoNotComeInTimeLeaveTheOutcomeToReading() async throws {
        try await Stage.play(Self.each(Reply.slow), .init(timeout: .seconds(5)))
    }

    private static let lost = Reply.cut[0]

    @Test func anEffectThatComesLateIsSeenHoweverLate() async throws {
        let reads = (1...4).flatMap { [Effect.beforeRead($0), .afterRead($0)] }
        let effects = reads + [.afterVerdict, .afterFirstLook, .afterLastLook]
        try await Stage.play(
            effects.enumerated().map { Scenario(Self.lost, $1, cluster: 1000 + $0) }
        )
    }

    @Test func whatReadsCanProveOfEachActionIsProvenAndNothingElse() async throws {
        let provable = [
            "scale 4", "scale to 12", "image 77", "ssh-keys 11 13", "ip attach {cluster}", "ip detach {cluster}",
        ]
        let others = ["restart workers", "restart cluster", "sg add 3", "sg remove 3", "image 76"]
        let scenarios = Self.effects.flatMap { effect in
            provable.map { ($0, effect, Verdict?.none) } + others.map { ($0, effect, .some(.unknown)) }
        }
        try await Stage.play(
            scenarios.enumerated().map { index, one in
                Scenario(Self.lost, one.1, cluster: 1000 + index, command: one.0, final: one.2)
            }
        )
    }

    // MARK: A connection that dies amid the request

    /// The server reads so many bytes of the request, a few more each time, and resets the connection. (That no position at
    /// all makes libcurl send again is for the transport's own tests.)
    @Test func aRequestThatIsCutIsNotRepeated() async throws {
        // The request has about 300 bytes, its body the last 50 of them.
        let positions = Array(stride(from: 1, to: 290, by: 8))
        let turn = NIOLockedValueBox(0)
        let cut = Reply("reset amid the request", .unknown) { _ in [] }
        let scenarios = positions.indices.map { Scenario(cut, .notApplied, cluster: 1000 + $0) }
        try await Stage.play(scenarios, sent: 0) { world in
            let kind = ScriptedServer.Step.look { connection in
                if connection.bytes.first == UInt8(ascii: "G") { return world.script }
                let turn = turn.withLockedValue { turn in
                    defer { turn += 1 }
                    return turn
                }
                return [.bytes(positions[turn]), .reset]
            }
            return [[.bytes(1), kind]]
        }
        #expect(turn.withLockedValue(\.self) == positions.count)
    }

    // MARK: What certainly never left

    private static let unheard = Reply("no connection", .notSent) { _ in [] }
    private static let one = [Scenario(unheard, .notApplied, cluster: 1000)]

    @Test func aRefusedConnectionMeansNotSent() async throws {
        // The first connection is for reads and stays; there is no second one.
        let scripts: (ClusterWorld) -> [[ScriptedServer.Step]] = { world in [[.stopListening] + world.script] }
        try await Stage.play(Self.one, sent: 0, scripts: scripts)
    }

    @Test(arguments: [
        // A label that is too long for a name: nobody need be asked.
        "https://\(String(repeating: "x", count: 64)).example/gpu",
        // The server speaks no TLS, or nothing at all.
        "https://127.0.0.1:PORT/gpu", "https://localhost:PORT/gpu",
    ])
    func aNameNobodyKnowsOrATLSFailureMeansNotSent(_ baseURL: String) async throws {
        let settings = Stage.Settings(baseURL: baseURL, readsBack: false, timeout: .seconds(3))
        let scripts: [[ScriptedServer.Step]] = [
            [.bytes(1), .send("HTTP/1.1 400 Bad Request\r\n\r\n")]
        ]
        try await Stage.play(Self.one, settings, sent: 0) { _ in scripts }
    }
}
