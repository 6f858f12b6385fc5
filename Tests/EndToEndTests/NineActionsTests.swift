import Sandbox
import TestSupport
import Testing

/// The nine actions, typed in both spellings, as the API receives them ("Guarantees" in the handbook).
@Suite(.timeLimit(.minutes(20)))
struct NineActionsTests {
    struct Case: Sendable {
        let typed: [String]
        let body: String
        /// A part of what the channel hears, from the kind of `data` that this action gets back.
        let told: String
    }

    static let cases = [
        Case(
            typed: ["43 ssh-keys set 13 14", "43 update_ssh_keys ssh_key_ids=13,14"],
            body: #"{"action":"update_ssh_keys","ssh_key_ids":[13,14]}"#,
            told: "status Running"
        ),
        Case(
            typed: ["43 image 90", "43 update_image image_version_id=90"],
            body: #"{"action":"update_image","image_version_id":90}"#,
            told: "status Running"
        ),
        Case(
            typed: ["43 restart workers", "43 restart_workers"],
            body: #"{"action":"restart_workers"}"#,
            told: "nodes, status Running"
        ),
        Case(
            typed: ["43 restart cluster", "43 restart_cluster"],
            body: #"{"action":"restart_cluster"}"#,
            told: "nodes, status Running"
        ),
        Case(
            typed: ["43 scale +2", "43 scale_cluster additional_nodes=2"],
            body: #"{"action":"scale_cluster","additional_nodes":2}"#,
            told: "nodes"
        ),
        Case(
            typed: ["43 ip attach 20", "43 attach_ip reserved_ip_id=20"],
            body: #"{"action":"attach_ip","reserved_ip_id":20}"#,
            told: "203.0.113.20"
        ),
        Case(
            typed: ["43 ip detach 20", "43 detach_ip reserved_ip_id=20 ip_type=reserved"],
            body: #"{"action":"detach_ip","reserved_ip_id":20,"ip_type":"reserved"}"#,
            told: "– done"
        ),
        Case(
            typed: ["43 sg add 5", "43 add_security_group security_groups_ids=5"],
            body: #"{"action":"add_security_group","security_groups_ids":[5]}"#,
            told: "security group"
        ),
        Case(
            typed: ["43 sg remove 5", "43 remove_security_group security_group_id=5"],
            body: #"{"action":"remove_security_group","security_group_id":5}"#,
            told: "security group"
        ),
    ]

    @Test(arguments: [0, 1]) func arriveByteForByteAndComeBackAsClearMessages(spelling: Int) async throws {
        var settings = CloudSettings()
        settings.restartTakes = .zero
        let world = try await World(settings: settings)
        let bot = try await world.startBot()
        for (index, one) in Self.cases.enumerated() {
            try await world.amy("/cluster " + one.typed[spelling])
            try await world.slack.waitUntil("\(one.typed[spelling]) to succeed", within: .patience) { state in
                state.messages(in: "C0OPS").contains {
                    $0.readable.contains("#\(index + 1) ") && $0.readable.contains("– done")
                        && $0.readable.contains(one.told)
                }
            }
        }
        let received = await world.cloud.actions
        #expect(received.map(\.body) == Self.cases.map(\.body))
        for request in received {
            #expect(request.method == "PUT")
            #expect(request.path == "/myaccount/api/v1/gpu/distributed_jobs_v2/cluster/43/")
            #expect(request.query.hasPrefix("project_id=1200&location=Chennai&apikey="))
            #expect(request.headers["content-type"] == "application/json")
        }
        let said = await world.slack.messages(in: "C0OPS").map(\.readable).joined()
        #expect(!said.contains(CloudSettings.demoCredentials[1].apiKey))
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func theContactPersonsAccountIsSentWhereItIsConfigured() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 42 sg add 4")
        try await world.sees("– done")
        let query = try #require(await world.cloud.actions.first?.query)
        #expect(query.hasPrefix("project_id=1187&location=Delhi&active_iam=55&apikey="))
        #expect(try await bot.stop() == 0)
        try await world.end()
    }
}
