import BotCore
import TestSupport
import Testing

@testable import ClusterAPI

struct ReplyClassifierTests {
    private func evidence(_ sample: ReplySample) throws -> CallOutcome {
        let spec = try #require(ActionCatalogue.action(named: sample.action))
        let redactor = Redactor(Samples.settings())
        return ReplyClassifier(spec: spec, cluster: Samples.cluster, redactor: redactor)
            .outcome(status: sample.status, headers: sample.headers, body: Array(sample.body.utf8))
    }

    @Test(arguments: ReplySample.all)
    func aReplyIsTakenForWhatItProves(_ sample: ReplySample) throws {
        let evidence = try evidence(sample)
        #expect(evidence.kind == sample.verdict, "\(evidence)")
        for words in sample.says { #expect(evidence.text.contains(words), "\(evidence)") }
        #expect(!evidence.text.contains(".."), "\(evidence)")
        #expect(Samples.leaks(in: evidence.text).isEmpty, "\(evidence)")
    }

    @Test func bytesThatAreNoUTF8ProveNothing() throws {
        let body =
            Array(#"{"code":200,"data":{"id":42},"errors":{},"message":""#.utf8) + [0xff, 0xfe] + Array(#""}"#.utf8)
        let classifier = ReplyClassifier(spec: .scaleCluster, cluster: Samples.cluster, redactor: Redactor([]))
        #expect(classifier.outcome(status: 200, headers: [], body: body).kind == "unknown")
    }

    @Test func aReplyNestedBeyondReasonProvesNothing() throws {
        let depth = 100_000
        let body = Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        let classifier = ReplyClassifier(spec: .scaleCluster, cluster: Samples.cluster, redactor: Redactor([]))
        #expect(classifier.outcome(status: 200, headers: [], body: body).kind == "unknown")
    }

    @Test(arguments: [200, 400, 500])
    func aLongTextIsCutAtACharacter(_ status: Int) throws {
        let long = String(repeating: "👩🏽‍🚒é", count: 5000)
        let body = #"{"code":\#(status),"data":{"id":42},"errors":{"a":"\#(long)"},"message":"\#(long)"}"#
        let text = try evidence(ReplySample("long", status, body, "")).text
        #expect(text.count < 500)
        #expect(text.contains("…"))
        #expect(!text.contains("\u{fffd}"))
    }

    @Test func controlAndDirectionCharactersAreReplaced() throws {
        let body = #"{"code":400,"message":"one\ntwo\u001b[31m\u202ethree\u0000four\u2028five\u200bsix\r\nseven"}"#
        let text = try evidence(ReplySample("control", 400, body, "")).text
        #expect(text.contains("one two [31m three four five six seven"))
        #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }

    @Test(
        arguments: [
            Gzip.file(of: #"{"code":200}"#), Array("caf\u{0}e".utf8), [0x63, 0x61, 0x66, 0xE9],
            [0x1B, 0x5B, 0x32, 0x4A],
            Array("\u{9B}31m".utf8), [0x28, 0xB5, 0x2F, 0xFD, 0x04],
        ],
        [200, 502]
    )
    func bytesThatAreNoTextAreCountedAndNotShown(_ body: [UInt8], _ status: Int) {
        let classifier = ReplyClassifier(spec: .scaleCluster, cluster: Samples.cluster, redactor: Redactor([]))
        let evidence = classifier.outcome(status: status, headers: [], body: body)
        #expect(evidence.kind == "unknown")
        #expect(
            evidence.text.contains("answered \(status) with \(body.count) bytes that are no text."),
            "\(evidence.text)"
        )
    }

    @Test func whatIsSaidOfPeopleIsLeftOut() throws {
        let body = """
            {"code":400,"message":"Ask canary@example.com or +91 98765 43210","errors":{"created_by":\(Samples.person),\
            "ssh_key_ids":["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAcanarykeybodyAAAAcanarykeybodyAAAA is bad"]}}
            """
        let text = try evidence(ReplySample("people", 400, body, "")).text
        #expect(Samples.leaks(in: text).isEmpty, "\(text)")
        #expect(!text.contains("98765"))
        #expect(text.contains("ssh_key_ids: ssh-ed25519 [removed] is bad"), "\(text)")
    }
}
