import BotCore
import CurlHTTP
import Testing

@testable import ClusterAPI

struct RedactionTests {
    private let redactor = Redactor(Samples.settings())

    /// The key and the token, spelled in every way in which a server may repeat them.
    private static let spellings: [String] = [Samples.key, Samples.token, Samples.otherKey, Samples.otherToken].flatMap
    {
        secret in
        let everyByte = secret.utf8.map { byte in
            let hex = String(byte, radix: 16)
            return "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
        return [
            secret, secret.percentEncoded, secret.percentEncoded.lowercased().contains("%") ? everyByte : secret,
            secret.replacing("/", with: #"\/"#), secret.replacing("&", with: #"\u0026"#),
            secret.percentEncoded.replacing("%2F", with: "%2f"), secret.replacing("/", with: "%2F"),
        ]
    }

    @Test(arguments: spellings)
    func aSecretIsRemovedHoweverItIsSpelled(_ spelling: String) {
        #expect(redactor.redacted("a \(spelling) b") == "a [secret removed] b")
        #expect(redactor.redacted(spelling + spelling) == "[secret removed][secret removed]")
        // A combining mark makes another character of the last letter.
        #expect(redactor.redacted("\(spelling)\u{301}") == "[secret removed]\u{301}")
    }

    @Test func aSecretThatBeginsLikeAnotherLeavesNoRest() {
        let redactor = Redactor([Secret("abc"), Secret("abcdef")])
        #expect(redactor.redacted("abcdef abc") == "[secret removed] [secret removed]")
    }

    @Test func aSecretWithAPercentSignIsFoundInBothSpellings() {
        let redactor = Redactor([Secret("%25x")])
        #expect(redactor.redacted("%25x") == "[secret removed]")
        #expect(redactor.redacted("%2525x") == "[secret removed]")
    }

    @Test func anEmptySecretRemovesNothing() {
        #expect(Redactor([Secret("")]).redacted("abc") == "abc")
    }

    @Test func aSecretOfWhichAPartLooksLikeAKeyLeavesNoRest() {
        let secret = String(repeating: "A", count: 60) + "&rest"
        #expect(Redactor([Secret(secret)]).excerpt(of: "x \(secret) y") == "x [secret removed] y")
    }

    @Test func aSecretAcrossTheCutIsNotShownInPart() {
        for length in 270...300 {
            let text = redactor.excerpt(of: String(repeating: "x ", count: length / 2) + Samples.token)
            #expect(!text.contains("TOKEN"))
        }
    }

    /// Every place in a reply from which text can come out, with every secret in it.
    private static let hostileBodies: [String] = [
        Samples.key, Samples.token, Samples.encodedKey, Samples.otherKey,
    ].flatMap { spelling in
        let quoted = JSONValue.string(spelling).canonical
        return [
            #"{"code":200,"data":{"id":42,"status":\#(quoted)},"errors":{},"message":\#(quoted)}"#,
            #"{"code":200,"data":{"id":42,"image_version":{"id":1,"name":\#(quoted)},"ssh_keys":[{"pk":1,"label":\#(quoted)}],"#
                + #""sku_details":{"plan":{"sku_type":"hourly","unit_price":1,"currency":\#(quoted)}}},"message":"x"}"#,
            #"{"code":200,"data":{"id":9,"ip_address":\#(quoted)},"errors":{},"message":"x"}"#,
            #"{"code":200,"data":\#(quoted),"errors":{},"message":"x"}"#,
            #"{"code":400,"errors":{\#(quoted):[\#(quoted)]},"message":\#(quoted)}"#,
            #"{"detail":\#(quoted),"error":\#(quoted)}"#,
            #"{"data":{"reserved_ips":[{"id":9,"ip_address":\#(quoted)}]},\#(quoted):1}"#,
            "<html>\(spelling)</html>", "{\(spelling)", spelling,
        ]
    }

    @Test(arguments: [200, 400, 401, 404, 429, 500, 302])
    func noOutputContainsASecret(_ status: Int) async throws {
        for body in Self.hostileBodies {
            let headers = [(name: "Retry-After", value: Samples.key)]
            let transport = ScriptedTransport(always: .json(status, body, headers: headers))
            let api = Samples.api(transport, settings: Samples.settings(totalTimeout: .seconds(1)))
            var outputs: [String] = []
            for sample in ActionSample.all {
                let call = api.call(try sample.spec(), parameters: sample.parameters, on: Samples.cluster)
                outputs.append("\(call)")
                let evidence = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body))
                outputs.append("\(evidence)")
            }
            do {
                outputs.append("\(try await api.read(Samples.cluster, withReservedIPs: false))")
            } catch {
                outputs.append(error.message)
            }
            do {
                outputs.append("\(try await api.read(Samples.cluster, withReservedIPs: true))")
            } catch {
                outputs.append(error.message)
            }
            outputs.append("\(await api.probe(project: "vision"))")
            for output in outputs {
                #expect(Samples.leaks(in: output).isEmpty, "\(output)")
            }
        }
    }

    @Test(arguments: TransportError.Code.allCases)
    func noFailureOfTheTransportContainsASecret(_ code: TransportError.Code) async throws {
        let transport = ScriptedTransport(failing: TransportError(code: code, delivery: .unknown))
        let api = Samples.api(transport)
        let call = api.call(.scaleCluster, parameters: ["additional_nodes": .int(1)], on: Samples.cluster)
        let evidence = await api.send(call, on: Samples.cluster, permit: try await permit(for: call.body))
        #expect(Samples.leaks(in: "\(evidence)").isEmpty)
        let problem = await #expect(throws: ReadProblem.self) {
            try await api.read(Samples.cluster, withReservedIPs: true)
        }
        let message = problem?.message ?? ""
        #expect(!message.isEmpty)
        #expect(Samples.leaks(in: message).isEmpty)
    }

    @Test(arguments: [
        ("mail canary@example.com now", "mail [removed] now"), ("<canary@example.com>", "<[removed]>"),
        ("canary%40example.com", "[removed]"), ("é.x@exämple.com!", "[removed]!"), ("@channel", "@channel"),
        ("call +91-98765-43210.", "call [removed]."), ("add +4 nodes", "add +4 nodes"),
        ("training-cluster-010125103045", "training-cluster-010125103045"),
        ("f47ac10b-58cc-4372-a567-0e02b2c3d479", "f47ac10b-58cc-4372-a567-0e02b2c3d479"),
        ("203.0.113.9", "203.0.113.9"), ("v2-slurm25.11-ubuntu24.04", "v2-slurm25.11-ubuntu24.04"),
        (String(repeating: "Ab1/", count: 13), "[removed]"), ("", ""), ("@", "@"), ("a@", "a@"), ("+", "+"),
    ])
    func personalDataIsRemovedFromTexts(_ text: String, _ expected: String) {
        #expect(PersonalData.removed(from: text) == expected)
    }
}
