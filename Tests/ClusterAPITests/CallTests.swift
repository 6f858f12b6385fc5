import BotCore
import ClusterAPI
import CurlHTTP
import TestSupport
import Testing

/// One of the nine actions and the bytes that it must become.
struct ActionSample: Sendable, CustomTestStringConvertible {
    let action: String
    let parameters: [String: JSONValue]
    let body: String
    let data: String

    var testDescription: String { action }

    static let all = [
        ActionSample(
            "update_ssh_keys",
            ["ssh_key_ids": .ints([11, 12])],
            #","ssh_key_ids":[11,12]"#,
            Samples.clusterObject
        ),
        ActionSample("update_image", ["image_version_id": .int(77)], #","image_version_id":77"#, Samples.clusterObject),
        ActionSample("restart_workers", [:], "", Samples.clusterObject),
        ActionSample("restart_cluster", [:], "", Samples.clusterObject),
        ActionSample("scale_cluster", ["additional_nodes": .int(4)], #","additional_nodes":4"#, Samples.clusterObject),
        ActionSample("attach_ip", ["reserved_ip_id": .int(9)], #","reserved_ip_id":9"#, Samples.reservedIP(9)),
        ActionSample(
            "detach_ip",
            ["ip_type": .string("reserved"), "reserved_ip_id": .int(9)],
            #","reserved_ip_id":9,"ip_type":"reserved""#,
            "{}"
        ),
        ActionSample(
            "add_security_group",
            ["security_groups_ids": .ints([3, 4])],
            #","security_groups_ids":[3,4]"#,
            #""Security groups attached""#
        ),
        ActionSample(
            "remove_security_group",
            ["security_group_id": .int(3)],
            #","security_group_id":3"#,
            #""Security group detached""#
        ),
    ]

    init(_ action: String, _ parameters: [String: JSONValue], _ fields: String, _ data: String) {
        self.action = action
        self.parameters = parameters
        body = #"{"action":"\#(action)"\#(fields)}"#
        self.data = data
    }

    func spec() throws -> ActionSpec { try #require(ActionCatalogue.action(named: action)) }
}

struct CallTests {
    @Test func everyActionOfTheCatalogueHasASample() {
        #expect(Set(ActionSample.all.map(\.action)) == Set(ActionCatalogue.all.map(\.name)))
    }

    @Test(arguments: ActionSample.all)
    func theCallIsPlannedByteForByte(_ sample: ActionSample) throws {
        let api = Samples.api(ScriptedTransport(always: .json(200, "")))
        let call = api.call(try sample.spec(), parameters: sample.parameters, on: Samples.cluster)
        #expect(call.method == "PUT")
        #expect(call.path == "/distributed_jobs_v2/cluster/42/")
        #expect(call.query == "project_id=1187&location=Delhi")
        #expect(call.body == sample.body)
    }

    @Test(arguments: ActionSample.all)
    func theRequestIsHandedOverByteForByteAndOnce(_ sample: ActionSample) async throws {
        let transport = ScriptedTransport(always: .json(200, Samples.envelope(sample.data)))
        let api = Samples.api(transport)
        let call = api.call(try sample.spec(), parameters: sample.parameters, on: Samples.cluster)
        let evidence = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body))
        #expect(evidence.kind == "accepted", "\(evidence)")
        #expect(transport.requests.count == 1)
        let request = try #require(transport.requests.first)
        #expect(request.method == .put)
        #expect(
            request.url == "https://api.example.com/myaccount/api/v1/gpu/distributed_jobs_v2/cluster/42/"
                + "?project_id=1187&location=Delhi&apikey=\(Samples.encodedKey)"
        )
        #expect(request.value("Authorization") == "Bearer \(Samples.token)")
        #expect(request.value("Content-Type") == "application/json")
        #expect(request.value("Accept") == "application/json")
        #expect(request.value("User-Agent") == "clusterbot/9.9")
        #expect(request.headers.count == 4)
        #expect(request.bodyText == sample.body)
        #expect(request.sending == .single)
        #expect(request.totalTimeout == .seconds(30))
        #expect(request.connectTimeout == .seconds(5))
        #expect(!request.allowsPlainHTTP)
        #expect(!request.allowsPrivateAddress)
    }

    @Test(arguments: ActionSample.all)
    func theRequestLeavesByteForByteThroughLibcurl(_ sample: ActionSample) async throws {
        let reply = Samples.envelope(sample.data)
        let server = try ScriptedServer(always: [
            .request, .send("HTTP/1.1 200 OK\r\nContent-Length: \(reply.utf8.count)\r\n\r\n\(reply)"),
        ])
        defer { server.stop() }
        let transport = try CurlTransport()
        let settings = Samples.settings(baseURL: "http://127.0.0.1:\(server.port)/gpu", activeIAM: 55)
        let api = E2EClusterAPI(settings: settings, transport: transport, clock: SystemClock(), version: "9.9")
        let call = api.call(try sample.spec(), parameters: sample.parameters, on: Samples.cluster)
        let evidence = await api.send(
            call,
            on: Samples.cluster,
            permit: try await permit(for: call.body, clock: SystemClock())
        )
        await transport.shutdown()
        #expect(evidence.kind == "accepted", "\(evidence)")
        #expect(server.requests.count == 1)
        let request = try #require(server.requests.first)
        #expect(request.method == "PUT")
        #expect(
            request.target == "/gpu/distributed_jobs_v2/cluster/42/"
                + "?project_id=1187&location=Delhi&active_iam=55&apikey=\(Samples.encodedKey)"
        )
        #expect(String(decoding: request.body, as: UTF8.self) == sample.body)
        #expect(request.header("Authorization") == "Bearer \(Samples.token)")
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.header("Accept") == "application/json")
        #expect(request.header("User-Agent") == "clusterbot/9.9")
        #expect(request.header("Content-Length") == String(sample.body.utf8.count))
        #expect(request.header("Expect") == nil)
    }

    @Test func theQueryIsEncodedAndNamesTheIAMAccountOnlyWhereOneIsSet() throws {
        let transport = ScriptedTransport(always: .json(200, ""))
        let plain = Samples.api(transport, settings: Samples.settings(location: "Navi Mumbai&x=1"))
        let foreign = Samples.api(transport, settings: Samples.settings(activeIAM: 55))
        let query = plain.call(.scaleCluster, parameters: [:], on: Samples.cluster).query
        #expect(query == "project_id=1187&location=Navi%20Mumbai%26x%3D1")
        let other = foreign.call(.scaleCluster, parameters: [:], on: Samples.cluster).query
        #expect(other == "project_id=1187&location=Delhi&active_iam=55")
    }

    @Test func fieldsThatTheActionDoesNotNeedAreNotSent() {
        let api = Samples.api(ScriptedTransport(always: .json(200, "")))
        let call = api.call(
            .scaleCluster,
            parameters: ["additional_nodes": .int(4), "image_version_id": .int(1), "action": .string("x")],
            on: Samples.cluster
        )
        #expect(call.body == #"{"action":"scale_cluster","additional_nodes":4}"#)
    }

    @Test func aSlashAtTheEndOfTheBaseURLIsNotDoubled() async throws {
        let transport = ScriptedTransport(always: .json(200, ""))
        let api = Samples.api(transport, settings: Samples.settings(baseURL: "https://api.example.com/gpu/"))
        let call = api.call(.scaleCluster, parameters: ["additional_nodes": .int(4)], on: Samples.cluster)
        _ = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body))
        #expect(transport.requests.first?.url.hasPrefix("https://api.example.com/gpu/distributed") == true)
    }
}
