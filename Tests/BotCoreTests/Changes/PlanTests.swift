import BotCore
import Testing

struct PlanTests {
    private static func plan(
        change: Int = 17,
        requester: Actor = Samples.amy,
        method: String = "PUT",
        path: String = "/distributed_jobs_v2/cluster/42/",
        query: String = "project_id=1187&location=Delhi",
        body: String = #"{"action":"scale_cluster","additional_nodes":4}"#,
        before: [String: JSONValue] = ["no_of_nodes": .int(8), "status": .string("Running")],
        after: [String: JSONValue] = ["no_of_nodes": .int(12), "status": .string("Running")],
        effect: String = "+4 nodes on prod-train, 8 → 12",
        cautions: [String] = ["Nodes cannot be removed from chat."],
        expiresAt: Timestamp? = Samples.noon
    ) -> Plan {
        Plan(
            change: change,
            requester: requester,
            call: ClusterCall(method: method, path: path, query: query, body: body),
            before: before,
            after: after,
            effect: effect,
            cautions: cautions,
            expiresAt: expiresAt
        )
    }

    /// Written by hand.
    private static let text =
        #"{"after":{"no_of_nodes":12,"status":"Running"},"before":{"no_of_nodes":8,"status":"Running"},"#
        + #""body":"{\"action\":\"scale_cluster\",\"additional_nodes\":4}","#
        + #""cautions":["Nodes cannot be removed from chat."],"change":17,"effect":"+4 nodes on prod-train, 8 → 12","#
        + #""expires_at":"2026-11-23T12:00:00.000Z","method":"PUT","path":"/distributed_jobs_v2/cluster/42/","#
        + #""query":"project_id=1187&location=Delhi","requester":{"account":"slack:T0001/U0AMY","person":"amy"},"v":2}"#

    @Test func theBytesAreCanonicalAndTheDigestIsTheirs() {
        #expect(Self.plan().text == Self.text)
        // By `sha256sum` over the text above.
        #expect(Self.plan().digest == "04826d4029cdae80eb097f4806386f98f8ddb5e443a86cb48d410ad1dd30f88a")
    }

    @Test func whatNobodyLimitsHasNoExpiry() {
        #expect(Self.plan(expiresAt: nil).text.contains(#""expires_at":null"#))
    }

    @Test func theDigestChangesWithEveryPart() {
        let plans = [
            Self.plan(), Self.plan(change: 18), Self.plan(requester: Samples.bob),
            Self.plan(requester: Actor(person: nil, account: Samples.amy.account, name: "Amy")),
            Self.plan(requester: Actor(person: "amy", account: nil, name: "Amy")), Self.plan(method: "POST"),
            Self.plan(path: "/distributed_jobs_v2/cluster/43/"), Self.plan(query: "project_id=1187&location=Chennai"),
            Self.plan(body: #"{"action":"scale_cluster","additional_nodes":5}"#),
            Self.plan(before: ["no_of_nodes": .int(9)]),
            Self.plan(before: [:]), Self.plan(after: ["no_of_nodes": .int(13)]),
            Self.plan(effect: "+5 nodes on prod-train, 8 → 13"),
            Self.plan(cautions: []), Self.plan(expiresAt: Samples.noon + .milliseconds(1)), Self.plan(expiresAt: nil),
        ]
        #expect(Set(plans.map(\.digest)).count == plans.count)
    }

    @Test func whatThePlatformCallsTheRequesterIsNoPartOfIt() {
        let renamed = Actor(person: "amy", account: Samples.amy.account, name: "Amy (on holiday)")
        #expect(Self.plan(requester: renamed) == Self.plan())
    }

    /// What was agreed to under an earlier version is sent, byte for byte; what only a later one understands is not.
    @Test func plansOfEveryVersionSoFarAreRead() throws {
        let first = try #require(Plan(stored: Self.text))
        #expect(first.text == Self.text)
        #expect(first.call.body == #"{"action":"scale_cluster","additional_nodes":4}"#)
        #expect(first.title(on: Samples.prod) == "+4 nodes on prod-train, 8 → 12")
        // The first version's effect does not name the cluster.
        let older = Self.text.replacing("+4 nodes on prod-train, 8", with: "add 4 nodes: 8")
        let old = try #require(Plan(stored: older.replacing(#""v":2}"#, with: #""v":1}"#)))
        #expect(old.title(on: Samples.prod) == "42 prod-train: add 4 nodes: 8 → 12")
        for version in [0, 3] {
            #expect(Plan(stored: Self.text.replacing(#""v":2}"#, with: #""v":\#(version)}"#)) == nil)
        }
    }

    @Test func aStoredPlanIsReadBackAsItWas() throws {
        for plan in [
            Self.plan(), Self.plan(before: [:], after: [:], cautions: [], expiresAt: nil),
            Self.plan(before: ["ip_owner": .null]),
        ] {
            #expect(try #require(Plan(stored: plan.text)) == plan)
        }
        let body = "{\"a\":\"\u{0}\\ü😀\u{2028}\"}"
        #expect(Plan(stored: Self.plan(body: body).text)?.call.body == body)
    }

    @Test func aTextThatIsNoPlanIsRefused() {
        for text in ["", "{}", "[]", "null", "17", "not JSON", Self.text + "}", String(Self.text.dropLast())] {
            #expect(Plan(stored: text) == nil, "\(text)")
        }
    }

    @Test func aPlanThatWasCutAnywhereIsRefused() {
        for length in stride(from: 0, to: Self.text.count, by: 7) {
            #expect(Plan(stored: String(Self.text.prefix(length))) == nil)
        }
    }

    @Test func aPlanWithAnotherLayoutOfTheSameContentIsRefused() {
        #expect(Plan(stored: " " + Self.text) == nil)
        #expect(Plan(stored: Self.text.replacing(",\"change\"", with: ", \"change\"")) == nil)
        #expect(Plan(stored: Self.text.replacing("→", with: "\\u2192")) == nil)
        // The same key twice: which of the two was agreed to?
        #expect(
            Plan(stored: Self.text.replacing("\"method\":\"PUT\"", with: "\"method\":\"PUT\",\"method\":\"PUT\""))
                == nil
        )
    }

    @Test func aPlanWithAPartMissingOrOfAnotherKindIsRefused() throws {
        let document = try #require(try JSONValue(parsing: Self.text).object)
        #expect(document.count == 12)
        for key in document.keys {
            var damaged = document
            damaged[key] = nil
            #expect(Plan(stored: JSONValue.object(damaged).canonical) == nil, "without \(key)")
            damaged[key] = .bool(true)
            #expect(Plan(stored: JSONValue.object(damaged).canonical) == nil, "\(key)")
        }
        var larger = document
        larger["more"] = .null
        #expect(Plan(stored: JSONValue.object(larger).canonical) == nil)
        var newer = document
        newer["v"] = .int(3)
        #expect(Plan(stored: JSONValue.object(newer).canonical) == nil)
        var wrongCaution = document
        wrongCaution["cautions"] = .array([.string("a"), .int(1)])
        #expect(Plan(stored: JSONValue.object(wrongCaution).canonical) == nil)
    }

    @Test func aPlanThatWasChangedHasAnotherDigest() throws {
        let changed = Self.text.replacing(#"additional_nodes\":4"#, with: #"additional_nodes\":9"#)
        let plan = try #require(Plan(stored: changed))
        #expect(plan.call.body.contains("9"))
        #expect(plan.digest != Self.plan().digest)
    }
}
