import BotCore
import CurlHTTP
import Testing

@testable import ClusterAPI

struct ObservationTests {
    private func read(_ data: String) async throws -> ClusterReading {
        let api = Samples.api(ScriptedTransport(always: .json(200, Samples.envelope(data))))
        return try await api.read(Samples.cluster, withReservedIPs: false)
    }

    @Test func theDocumentedClusterIsReadInFull() async throws {
        let seen = try await read(Samples.clusterObject)
        #expect(seen.nodes == 8)
        #expect(seen.status == "Running")
        #expect(seen.imageVersion == 2)
        #expect(seen.imageName == "Ubuntu Slurm v2-slurm25.11-ubuntu24.04")
        #expect(seen.sshKeys == [11, 12])
        #expect(seen.sshKeyLabels == [11: "amy", 12: "bob"])
        #expect(seen.nodePrice?.written == "1,840 INR")
        #expect(seen.reservedIPs == nil)
        #expect(Samples.leaks(in: "\(seen)").isEmpty)
    }

    @Test func theRequestIsAReadOfThatCluster() async throws {
        let transport = ScriptedTransport(always: .json(200, Samples.envelope(Samples.clusterObject)))
        let api = Samples.api(transport, settings: Samples.settings(activeIAM: 55))
        _ = try await api.read(Samples.cluster, withReservedIPs: false)
        let request = try #require(transport.requests.first)
        #expect(transport.requests.count == 1)
        #expect(request.method == .get)
        #expect(request.body == nil)
        #expect(request.sending == .repeatable)
        #expect(
            request.url == "https://api.example.com/myaccount/api/v1/gpu/distributed_jobs_v2/cluster/42/"
                + "?project_id=1187&location=Delhi&active_iam=55&apikey=\(Samples.encodedKey)"
        )
        #expect(request.value("Authorization") == "Bearer \(Samples.token)")
    }

    /// A read that shows nothing but which cluster it is about.
    private static let nothing: ClusterReading = {
        var seen = ClusterReading()
        seen.cluster = 42
        return seen
    }()

    @Test func anIdAloneIsEnough() async throws {
        #expect(try await read(#"{"id":42}"#) == Self.nothing)
    }

    @Test func numbersMayBeTexts() async throws {
        let seen = try await read(
            #"""
            {"id":"42","no_of_nodes":"8","image_version":{"id":"2"},"ssh_keys":[{"pk":"12"},{"pk":11.0}],
            "sku_details":{"plan":{"sku_type":"Hourly","unit_price":"1840.50","currency":"INR"}}}
            """#
        )
        #expect(seen.nodes == 8)
        #expect(seen.imageVersion == 2)
        #expect(seen.imageName == nil)
        #expect(seen.sshKeys == [11, 12])
        #expect(seen.nodePrice?.written == "1,840.50 INR")
    }

    @Test func theClusterMayStandInAListOfOne() async throws {
        #expect(try await read(#"[{"id":42,"no_of_nodes":3}]"#).nodes == 3)
    }

    @Test func imageAndKeysMayBeBareNumbers() async throws {
        let seen = try await read(#"{"id":42,"image_version":7,"ssh_keys":[12,11,12]}"#)
        #expect(seen.imageVersion == 7)
        #expect(seen.sshKeys == [11, 12])
    }

    @Test(arguments: ["null", "true", "[]", "{}", #""x""#, "-1", "8.5"])
    func whatHasAnotherTypeIsLeftOut(_ value: String) async throws {
        let seen = try await read(
            #"{"id":42,"no_of_nodes":\#(value),"sku_details":\#(value),"image_version":{"id":{}},"ssh_keys":{}}"#
        )
        #expect(seen == Self.nothing)
    }

    @Test func aSetOfKeysIsReadWhollyOrNotAtAll() async throws {
        #expect(try await read(#"{"id":42,"ssh_keys":[{"pk":11},{"label":"no id"}]}"#).sshKeys == nil)
        #expect(try await read(#"{"id":42,"ssh_keys":[]}"#).sshKeys == [])
    }

    @Test(arguments: [
        (#"{"sku_type":"hourly","unit_price":1840,"currency":"INR"}"#, "1,840 INR"),
        (#"{"sku_type":"hourly","unit_price":0.5,"currency":"USD"}"#, "0.50 USD"),
        (#"{"sku_type":"committed","unit_price":1840,"currency":"INR"}"#, nil),
        (#"{"unit_price":1840,"currency":"INR"}"#, nil), (#"{"sku_type":"hourly","unit_price":1840}"#, nil),
        (#"{"sku_type":"hourly","unit_price":"free","currency":"INR"}"#, nil),
        (#"{"sku_type":"hourly","unit_price":-1,"currency":"INR"}"#, nil),
        (#"{"sku_type":"hourly","currency":"INR"}"#, nil),
    ])
    func aPriceIsToldOnlyForPlansPaidByTheHour(_ plan: String, _ price: String?) async throws {
        #expect(try await read(#"{"id":42,"sku_details":{"plan":\#(plan)}}"#).nodePrice?.written == price)
    }

    @Test func textsAreCleanedAndCut() async throws {
        let long = String(repeating: "n", count: 40) + " " + String(repeating: "m ", count: 200)
        let seen = try await read(
            #"{"id":42,"status":"Run\nning\u202e","ssh_keys":[{"pk":1,"label":"canary@example.com \#(long)"}]}"#
        )
        #expect(seen.status == "Run ning")
        #expect(seen.sshKeyLabels[1]?.count == 80)
        #expect(seen.sshKeyLabels[1]?.hasPrefix("[removed] nnn") == true)
    }

    @Test(arguments: [
        (200, Samples.envelope(#"{"id":43}"#), "about cluster 43"), (200, Samples.envelope("{}"), "no cluster"),
        (200, Samples.envelope("[]"), "no cluster"), (200, Samples.envelope(#"[{"id":42},{"id":43}]"#), "no cluster"),
        (200, Samples.envelope(#""x""#), "no cluster"), (200, #"{"code":200}"#, "no cluster"),
        (200, "", "empty body"), (200, "<h1>Login</h1>", "Login"), (200, "{", "breaks off"),
        (200, #"{"code":404,"message":"Cluster not found"}"#, "Cluster not found"),
        (401, #"{"detail":"Authentication credentials were not provided."}"#, "365 days"),
        (403, #"{"detail":"No"}"#, "role"), (404, #"{"message":"Cluster not found"}"#, "configuration"),
        (404, "<h1>Nowhere</h1>", "Nowhere"),
        (400, #"{"status_code":400,"message":"Project not found"}"#, "project_id"),
        (302, "", "302"),
    ])
    func whatIsNoClusterIsAProblemAtOnce(_ status: Int, _ body: String, _ words: String) async throws {
        let transport = ScriptedTransport(always: .json(status, body))
        let api = Samples.api(transport)
        let problem = await #expect(throws: ReadProblem.self) {
            try await api.read(Samples.cluster, withReservedIPs: false)
        }
        let message = problem?.message ?? ""
        #expect(message.hasPrefix("Cluster 42 prod-train could not be read. "))
        #expect(message.contains(words), "\(message)")
        #expect(transport.requests.count == 1)
    }

    @Test func withoutReadBackNothingIsRead() async throws {
        let transport = ScriptedTransport(always: .json(200, Samples.envelope(Samples.clusterObject)))
        let api = Samples.api(transport, settings: Samples.settings(readBack: false))
        #expect(!api.readsBack)
        await #expect(throws: ReadProblem.self) { try await api.read(Samples.cluster, withReservedIPs: true) }
        let probes = await api.probe(project: "vision")
        #expect(probes.allSatisfy { !$0.works })
        #expect(transport.requests.isEmpty)
    }

    @Test func aClusterOfAnUnknownProjectIsNotRead() async throws {
        let transport = ScriptedTransport(always: .json(200, Samples.envelope(Samples.clusterObject)))
        let api = Samples.api(transport)
        await #expect(throws: ReadProblem.self) {
            try await api.read(Cluster(id: 42, name: "x", project: "gone"), withReservedIPs: false)
        }
        #expect(transport.requests.isEmpty)
    }
}
