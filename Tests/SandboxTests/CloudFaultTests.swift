import CurlHTTP
import FoundationEssentials
import TestSupport
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(20)))
struct CloudFaultTests {
    private static let scale: SandboxJSON = ["action": "scale_cluster", "additional_nodes": 4]

    @Test("a fault hits as many requests as it says, and only those that match")
    func matching() async throws {
        try await withCloud { cloud, api async throws in
            await cloud.add(CloudFault(.errorBefore, times: 2, method: "PUT", action: "scale_cluster"))
            #expect(try await api.get("/distributed_jobs_v2/cluster/42/").status == 200)
            #expect(try await api.put(["action": "update_image", "image_version_id": 81]).status == 200)
            #expect(try await api.put(Self.scale).status == 503)
            #expect(try await api.put(Self.scale).status == 503)
            #expect(try await api.put(Self.scale).status == 200)
            #expect(await cloud.cluster(42)?.nodes == 12)
            #expect(await cloud.faults.isEmpty)
        }
    }

    @Test(
        "replies that come whole, and whether the change was made",
        arguments: [
            (CloudFault(.errorBefore, status: 502), 502, false),
            (CloudFault(.errorAfter), 500, true),
            (CloudFault(.garbage), 200, true),
            (CloudFault(.failing200), 200, false),
            (CloudFault(.rateLimit, retryAfter: 7), 429, false),
            (CloudFault(.delayBefore, milliseconds: 1), 200, true),
            (CloudFault(.delayAfter, milliseconds: 1), 200, true),
        ]
    )
    func answered(fault: CloudFault, status: Int, applied: Bool) async throws {
        try await withCloud { cloud, api async throws in
            await cloud.add(fault)
            let reply = try await api.put(Self.scale)
            #expect(reply.status == status)
            #expect(await cloud.cluster(42)?.nodes == (applied ? 12 : 8))
            let entry = try #require(await cloud.actions.first)
            #expect(entry.applied == applied)
            #expect(entry.fault == fault.kind.rawValue)
            switch fault.kind {
            case .rateLimit: #expect(reply.header("Retry-After") == "7")
            case .garbage: #expect(SandboxJSON(parsing: reply.body) == nil)
            case .failing200: #expect(reply.json["code"] == 400)
            default: break
            }
        }
    }

    @Test(
        "connections that end without a reply, and whether the change was made",
        arguments: [
            (CloudFault(.dropBefore), false), (CloudFault(.dropAfter), true),
            (CloudFault(.closeUnread, method: "PUT"), false),
        ]
    )
    func dropped(fault: CloudFault, applied: Bool) async throws {
        try await withCloud { cloud, api async throws in
            await cloud.add(fault)
            let error = await #expect(throws: TransportError.self) { try await api.put(Self.scale) }
            #expect(error?.code == .connectionLost)
            #expect(error?.delivery == .unknown)
            #expect(await cloud.cluster(42)?.nodes == (applied ? 12 : 8))
            #expect(await cloud.actions.map(\.status) == [nil])
            #expect(try await api.put(Self.scale).status == 200)
        }
    }

    @Test("a truncated reply promises more bytes than it has")
    func truncated() async throws {
        try await withCloud { cloud, api async throws in
            await cloud.add(CloudFault(.truncate))
            let error = await #expect(throws: TransportError.self) { try await api.put(Self.scale) }
            // libcurl's 18: the transfer was shorter than announced.
            #expect(error?.curl == 18)
            #expect(await cloud.cluster(42)?.nodes == 12)
        }
    }

    @Test("a client that gives up during a delay does not undo what was asked for")
    func delayOutlivesClient() async throws {
        try await withCloud { cloud, api async throws in
            await cloud.add(CloudFault(.delayBefore, milliseconds: 5000))
            let error = await #expect(throws: TransportError.self) {
                try await api.put(Self.scale, within: .milliseconds(200))
            }
            #expect(error?.code == .timeout)
            #expect(await cloud.cluster(42)?.nodes == 8)
            try await cloud.waitUntil("the late change") { $0.cluster(42)?.nodes == 12 }
        }
    }

    @Test("applied late: a gateway's time-out first, the change afterwards")
    func appliedLate() async throws {
        try await withCloud { cloud, api async throws in
            await cloud.add(CloudFault(.applyLate, milliseconds: 5000))
            #expect(try await api.put(Self.scale).status == 504)
            #expect(await cloud.cluster(42)?.nodes == 8)
            try await cloud.waitUntil("the late change") { $0.cluster(42)?.nodes == 12 }
            #expect(await cloud.actions.first?.applied == true)
        }
    }

    @Test("offline: connecting is refused, then the same port answers again")
    func offline() async throws {
        try await withCloud { cloud, api async throws in
            #expect(try await api.put(["action": "update_image", "image_version_id": 81]).status == 200)
            await cloud.add(CloudFault(.offline, milliseconds: 2500))
            var refusal: TransportError?
            var reply: CurlResponse?
            let end = ContinuousClock.now + .patience
            while reply == nil, .now < end {
                do {
                    let answer = try await api.put(Self.scale)
                    if refusal != nil { reply = answer }
                } catch let error as TransportError where error.code == .connect {
                    #expect(error.delivery == .notSent)
                    refusal = error
                } catch {
                    // The moment of closing: the connection was accepted and lost.
                }
            }
            #expect(refusal != nil)
            #expect(reply?.status == 200)
        }
    }

    @Test("faults come in over HTTP, and what is no fault is explained")
    func control() async throws {
        try await withCloud { cloud, api async throws in
            let added = try await api.client.post(
                "/sandbox/faults",
                ["kind": "drop_after", "times": 3, "method": "PUT"]
            )
            #expect(added.status == 200)
            #expect(await cloud.faults == [CloudFault(.dropAfter, times: 3, method: "PUT")])
            let wrong = try await api.client.post("/sandbox/faults", ["kind": "earthquake"])
            #expect(wrong.status == 400)
            #expect(wrong.text.contains("drop_after"))
            let form = try await api.client.send(.post, "/sandbox/faults", body: Array(#"{"kind":"drop_after"}"#.utf8))
            #expect(form.status == 400)
            #expect(try await api.client.send(.delete, "/sandbox/faults").status == 200)
            #expect(await cloud.faults.isEmpty)
        }
    }
}
