import BotCore
import ClusterAPI
import CurlHTTP
import Testing

struct ProbeTests {
    @Test func allReadsAreTriedAndShownWithoutPeopleAndKeys() async throws {
        let list = Samples.envelope("[\(Samples.clusterObject)]")
        let transport = ScriptedTransport(replies: [(200, list), (200, Samples.envelope(Samples.clusterObject))])
        let probes = await Samples.api(transport).probe(project: "vision")
        #expect(
            probes.map(\.request) == [
                "GET /distributed_jobs_v2/cluster/?project_id=1187&location=Delhi",
                "GET /distributed_jobs_v2/cluster/42/?project_id=1187&location=Delhi",
                "GET /reserved_ips/?project_id=1187&location=Delhi",
                "GET /security_groups/?project_id=1187&location=Delhi",
                "GET /ssh_keys/?location=Delhi",
                "GET /distributed_jobs_v2/deployment_images/Slurm/?project_id=1187&location=Delhi&job_type=Slurm",
            ]
        )
        #expect(
            transport.requests.allSatisfy { $0.method == .get && $0.url.hasSuffix("&apikey=\(Samples.encodedKey)") }
        )
        for probe in probes {
            #expect(probe.works)
            let outline = try #require(probe.outline)
            #expect(Samples.leaks(in: outline).isEmpty)
            #expect(outline.contains("created_by: [removed]"))
            #expect(outline.contains("ssh_key: [removed]"))
            #expect(outline.contains("no_of_nodes: 8"))
            #expect(outline.contains(#"status: "Running""#))
            #expect(outline.contains("total_memory: \"16000 GB\""))
            #expect(outline.contains("label: (text, 3 characters)"))
        }
    }

    @Test func aKeyThatStandsThereAsANumberIsNotShown() async throws {
        var settings = Samples.settings()
        settings.projects["vision"]?.apiKey = Secret("998877665544")
        let reply = Samples.envelope(#"[{"id":42,"odd":998877665544,"998877665544":1}]"#)
        let transport = ScriptedTransport(replies: [(200, reply)])
        let probes = await Samples.api(transport, settings: settings).probe(project: "vision")
        #expect(!"\(probes)".contains("998877665544"))
    }

    @Test func whenTheFirstReadFailsTheOthersAreLeft() async throws {
        let transport = ScriptedTransport(replies: [(401, #"{"detail":"No."}"#)])
        let probes = await Samples.api(transport).probe(project: "vision")
        #expect(probes.map(\.works) == [false])
        #expect(probes.first?.sentence.contains("365 days") == true)
        #expect(transport.requests.count == 1)
    }

    @Test func aReadThatFailsIsToldAndTheOthersGoOn() async throws {
        let transport = ScriptedTransport(replies: [
            (200, Samples.envelope("[]")), (404, "<h1>Nowhere</h1>"), (200, #"{"data":[]}"#),
        ])
        let probes = await Samples.api(transport).probe(project: "vision")
        #expect(probes.map(\.works) == [true, false, true, true, true])
        #expect(probes[1].sentence.contains("Nowhere"))
        #expect(probes[2].sentence.contains("not in its documented form"))
    }

    @Test func anUnknownProjectIsTold() async throws {
        let transport = ScriptedTransport(replies: [(200, "")])
        let probes = await Samples.api(transport).probe(project: "gone")
        #expect(probes.map(\.works) == [false])
        #expect(transport.requests.isEmpty)
    }

    @Test func longListsAndRepliesAreCut() async throws {
        let many = (1...500).map { #"{"id":\#($0),"status":"\#(String(repeating: "s ", count: 400))"}"# }
        let fields = (1...500).map { #""field_number_\#($0)":\#($0)"# }.joined(separator: ",")
        let reply = Samples.envelope("[\(many.joined(separator: ",")),{\(fields)}]")
        let transport = ScriptedTransport(replies: [(200, reply), (200, Samples.envelope("{\(fields)}"))])
        let probes = await Samples.api(transport).probe(project: "vision")
        #expect(probes[0].outline?.contains("(498 more)") == true)
        #expect((probes[1].outline?.count ?? 0) < 6100)
        #expect(probes[1].outline?.hasSuffix("…") == true)
    }
}
