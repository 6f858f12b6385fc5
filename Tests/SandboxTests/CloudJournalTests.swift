import CurlHTTP
import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(20)))
struct CloudJournalTests {
    @Test("state and log of a world that was simply dropped are there again when its journal is opened")
    func survives() async throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let before = try await withCloud(journalPath: path) { cloud, api in
            _ = try await api.put(["action": "scale_cluster", "additional_nodes": 4])
            await cloud.add(CloudFault(.dropAfter))
            _ = try? await api.put(["action": "attach_ip", "reserved_ip_id": 9])
            _ = try await api.put(["action": "scale_cluster", "additional_nodes": 0])
            return (await cloud.world, await cloud.received)
        }
        let again = try SimulatedCloud(journalPath: path)
        #expect(await again.world == before.0)
        #expect(await again.cluster(42)?.nodes == 12)
        let received = await again.received
        #expect(received.map(\.applied) == [true, true, false])
        #expect(received.map(\.status) == [200, nil, 400])
        #expect(received.map(\.fault) == [nil, "drop_after", nil])
        #expect(received.map(\.body) == before.1.map(\.body))
    }

    @Test("the unfinished line of a crash is cut off, and what comes next is whole again")
    func tornLine() async throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await SimulatedCloud(journalPath: path).edit { $0.clusters[0].nodes = 20 }
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(#"{"world":{"clus"#.utf8))
        try file.close()
        let again = try SimulatedCloud(journalPath: path)
        #expect(await again.cluster(42)?.nodes == 20)
        try await again.edit { $0.clusters[0].nodes = 21 }
        #expect(try await SimulatedCloud(journalPath: path).cluster(42)?.nodes == 21)
    }

    @Test("a file that is no journal is refused, not overwritten")
    func foreignFile() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("dear diary\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: JournalError.self) { try SimulatedCloud(journalPath: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "dear diary\n")
    }

    @Test("the log has the bytes and never a secret")
    func log() async throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withCloud(journalPath: path) { cloud, api in
            let body: SandboxJSON = ["action": "scale_cluster", "additional_nodes": 4]
            _ = try await api.put(body)
            let entry = try #require(await cloud.received.first)
            #expect(entry.bodyBytes == body.bytes)
            #expect(entry.query == "project_id=1187&location=Delhi&apikey=REDACTED")
            #expect(entry.headers["authorization"] == "Bearer REDACTED")
            _ = try await api.client.send(.get, "\(CloudClient.root)/ssh_keys/?location=Delhi&api%6bey=\(api.key)")
            let shown = try await api.client.send(.get, "/sandbox/log?since=0").text
            let state = try await api.client.send(.get, "/sandbox/state")
            #expect(state.json["clusters"]?[0]?["no_of_nodes"] == 12)
            let kept = try String(contentsOfFile: path, encoding: .utf8)
            for text in [shown, state.text, kept] {
                #expect(!text.contains(api.key))
                #expect(!text.contains(api.token))
                #expect(text.contains("scale_cluster"))
            }
        }
    }
}
