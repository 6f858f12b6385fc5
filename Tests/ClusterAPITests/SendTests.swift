import BotCore
import ClusterAPI
import CurlHTTP
import NIOConcurrencyHelpers
import Testing

struct SendTests {
    let transport = ScriptedTransport(always: .json(200, Samples.envelope(Samples.clusterObject)))

    private func scale(_ api: E2EClusterAPI, on cluster: Cluster = Samples.cluster, by nodes: Int = 4) -> ClusterCall {
        api.call(.scaleCluster, parameters: ["additional_nodes": .int(nodes)], on: cluster)
    }

    @Test func aBodyThatThePermitIsNotForIsNotSent() async throws {
        let api = Samples.api(transport)
        let permit = try await permit(for: scale(api, by: 1).body)
        let evidence = await api.send(scale(api, by: 4), on: Samples.cluster, permit: permit)
        #expect(evidence.kind == "notSent")
        #expect(transport.requests.isEmpty)
    }

    @Test func aCallPlannedForAnotherClusterIsNotSent() async throws {
        let api = Samples.api(transport)
        let call = scale(api, on: Cluster(id: 44, name: "other", project: "vision"))
        let evidence = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body))
        #expect(evidence.kind == "notSent")
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: [
        ("POST", "/distributed_jobs_v2/cluster/42/", "project_id=1187&location=Delhi"),
        ("DELETE", "/distributed_jobs_v2/cluster/42/", "project_id=1187&location=Delhi"),
        ("PUT", "/distributed_jobs_v2/cluster/42", "project_id=1187&location=Delhi"),
        ("PUT", "/distributed_jobs_v2/cluster/42/../43/", "project_id=1187&location=Delhi"),
        ("PUT", "/distributed_jobs_v2/cluster/42/", "project_id=9&location=Delhi"),
        ("PUT", "/distributed_jobs_v2/cluster/42/", "project_id=1187&location=Delhi&active_iam=1"),
        ("PUT", "/distributed_jobs_v2/cluster/42/", ""),
    ])
    func aCallThatIsNotExactlyThisClustersIsNotSent(_ method: String, _ path: String, _ query: String) async throws {
        let api = Samples.api(transport)
        let call = ClusterCall(method: method, path: path, query: query, body: scale(api).body)
        let evidence = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body))
        #expect(evidence.kind == "notSent")
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"action":"delete_cluster"}"#, #"{"action":"scale_cluster"}"#,
        #"{"action":"scale_cluster","additional_nodes":4,"image_version_id":1}"#,
        #"{"action": "scale_cluster","additional_nodes":4}"#, #"{"additional_nodes":4,"action":"scale_cluster"}"#,
    ])
    func aBodyThatTheBotDoesNotWriteIsNotSent(_ body: String) async throws {
        let api = Samples.api(transport)
        let planned = scale(api)
        let call = ClusterCall(method: planned.method, path: planned.path, query: planned.query, body: body)
        let evidence = await api.send(call, on: Samples.cluster, permit: try await permit(for: body))
        #expect(evidence.kind == "notSent")
        #expect(transport.requests.isEmpty)
    }

    @Test func aClusterWhoseProjectIsGoneIsNotSentTo() async throws {
        let cluster = Cluster(id: 42, name: "prod-train", project: "gone")
        let api = Samples.api(transport)
        let call = scale(api, on: cluster)
        let evidence = await api.send(call, on: cluster, permit: try await permit(for: call.body))
        #expect(evidence.kind == "notSent")
        #expect(transport.requests.isEmpty)
    }

    @Test func thePermitsLastWordIsHandedToTheTransport() async throws {
        let clock = ManualClock()
        let api = Samples.api(transport, clock: clock)
        let call = scale(api)
        _ = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body, clock: clock))
        let mayStillSend = try #require(transport.requests.first?.mayStillSend)
        #expect(mayStillSend())
        clock.advance(by: SendPermit.sendWithin)
        #expect(!mayStillSend())
    }

    @Test func eachProjectsCredentialsGoToItsOwnClustersOnly() async throws {
        let api = Samples.api(transport)
        let call = scale(api, on: Samples.otherCluster)
        _ = await api.send(call, on: Samples.otherCluster, permit: try await permit(for: call.body))
        let request = try #require(transport.requests.first)
        #expect(request.url.hasSuffix("?project_id=1200&location=Chennai&active_iam=55&apikey=\(Samples.otherKey)"))
        #expect(request.value("Authorization") == "Bearer \(Samples.otherToken)")
    }

    @Test(arguments: TransportError.Code.allCases, [TransportError.Delivery.notSent, .unknown])
    func aFailedTransferIsSentOnceAndToldByWhetherItCanHaveLeft(
        _ code: TransportError.Code,
        _ delivery: TransportError.Delivery
    ) async throws {
        let transport = ScriptedTransport(failing: TransportError(code: code, delivery: delivery))
        let api = Samples.api(transport)
        let call = scale(api)
        let evidence = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body))
        #expect(transport.requests.count == 1)
        #expect(evidence.kind == (delivery == .notSent ? "notSent" : "unknown"))
        #expect(evidence.text.contains(delivery == .notSent ? "Nothing was sent" : "may or may not"))
    }

    @Test(arguments: [429, 500, 502, 503, 504, 408, 401, 302])
    func noReplyMakesItSendAgain(_ status: Int) async throws {
        let transport = ScriptedTransport(always: .json(status, "", headers: [("Retry-After", "0")]))
        let clock = ManualClock()
        let api = Samples.api(transport, clock: clock)
        let call = scale(api)
        _ = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body))
        #expect(transport.requests.count == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080/gpu", true), ("http://127.9.8.7/gpu", true), ("http://localhost:1/gpu", true),
        ("http://LOCALHOST/gpu", true), ("http://[::1]:8080/gpu", true), ("https://127.0.0.1/gpu", true),
        ("https://api.example.com/gpu", false), ("http://127.0.0.1.example.com/gpu", false),
        ("http://127.example.com/gpu", false), ("http://127.0.0.1.5/gpu", false),
        ("http://localhost.example.com/gpu", false),
        ("http://example.com/127.0.0.1", false), ("http://example.com?127.0.0.1", false),
        ("http://10.0.0.1/gpu", false), ("http://127.0.0.1@example.com/gpu", false), ("http://128.0.0.1/gpu", false),
        ("http://[::2]/gpu", false), ("http://0.0.0.0/gpu", false), ("nonsense", false), ("", false),
    ])
    func onlyALoopbackHostIsReachedWithoutTLSAndInsideTheNetwork(_ baseURL: String, _ isLoopback: Bool) async throws {
        let api = Samples.api(transport, settings: Samples.settings(baseURL: baseURL))
        let call = scale(api)
        _ = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body))
        _ = try? await api.read(Samples.cluster, withReservedIPs: false)
        #expect(transport.requests.count == 2)
        for request in transport.requests {
            #expect(request.allowsPlainHTTP == isLoopback)
            #expect(request.allowsPrivateAddress == isLoopback)
        }
    }
}
