import BotCore
import Testing

/// Limits and values: what does not fit makes its rule not match, and the refusal says so.
struct RuleLimitTests {
    private let limited = Samples.policy([Samples.allow("small", limits: ["additional_nodes": 8])])

    @Test(arguments: [(1, true), (8, true), (9, false), (2_147_483_647, false)])
    func anAmountMayBeAsLargeAsTheLimit(_ amount: Int, _ isAllowed: Bool) {
        let decision = limited.decide(Samples.asking(["additional_nodes": .int(amount)]))
        #expect(decision.isAllowed == isAllowed)
        if !isAllowed {
            #expect(
                decision.refusal?.reason
                    == "At most 8 nodes at once here, by the rule “small”; \(amount) is more."
            )
            #expect(decision.refusal?.fix == "`42 scale 8` would be allowed.")
            #expect(decision.refusal?.rule == nil)
        }
    }

    @Test func anAmountThatIsNotKnownYetDoesNotDecide() {
        #expect(limited.decide(Samples.asking([:])).isAllowed)
        #expect(limited.decide(Samples.asking(["to": .int(100)])).isAllowed)
    }

    @Test(arguments: [.null, .string("4"), .ints([4]), .double(4.5), .bool(true)] as [JSONValue])
    func whatIsNoAmountFitsNoLimit(_ value: JSONValue) {
        #expect(!limited.decide(Samples.asking(["additional_nodes": value])).isAllowed)
    }

    @Test(
        arguments: [(.int(77), true), (.int(81), true), (.int(78), false), (.string("77"), false), (.null, false)]
            as [(JSONValue, Bool)]
    )
    func onlyTheValuesOfTheListFit(_ value: JSONValue, _ isAllowed: Bool) {
        let policy = Samples.policy([
            Samples.allow("images", ["update_image"], values: ["image_version_id": [.int(77), .int(81)]])
        ])
        let decision = policy.decide(Samples.asking("update_image", ["image_version_id": value]))
        #expect(decision.isAllowed == isAllowed)
        if !isAllowed { #expect(decision.refusal?.reason.contains("may only be 77, 81 by the rule “images”") == true) }
    }

    @Test(arguments: [([11], true), ([12, 11], true), ([11, 13], false), ([13, 11], false), ([13], false)])
    func everyElementOfAListMustBeAmongTheValues(_ keys: [Int], _ isAllowed: Bool) {
        let policy = Samples.policy([
            Samples.allow("keys", ["update_ssh_keys"], values: ["ssh_key_ids": [.int(11), .int(12)]])
        ])
        #expect(policy.decide(Samples.asking("update_ssh_keys", ["ssh_key_ids": .ints(keys)])).isAllowed == isAllowed)
    }

    @Test func valuesThatAreNotKnownYetDoNotDecide() {
        let policy = Samples.policy([Samples.allow("keys", ["update_ssh_keys"], values: ["ssh_key_ids": [.int(11)]])])
        #expect(policy.decide(Samples.asking("update_ssh_keys", [:])).isAllowed)
    }

    @Test func everyLimitAndEveryValueMustFit() {
        let policy = Samples.policy([Samples.allow("both", limits: ["a": 1, "b": 2], values: ["c": [.int(3)]])])
        func isAllowed(_ a: Int, _ b: Int, _ c: Int) -> Bool {
            policy.decide(Samples.asking(["a": .int(a), "b": .int(b), "c": .int(c)])).isAllowed
        }
        #expect(isAllowed(1, 2, 3))
        #expect(!isAllowed(2, 2, 3))
        #expect(!isAllowed(1, 3, 3))
        #expect(!isAllowed(1, 2, 4))
    }

    @Test func aRuleThatFitsIsFoundBesideOneThatDoesNot() {
        let policy = Samples.policy([
            Samples.allow("small", limits: ["additional_nodes": 2]),
            Samples.allow("large", limits: ["additional_nodes": 8]),
        ])
        #expect(policy.decide(Samples.request()).permits?.map(\.rule) == ["large"])
        #expect(!policy.decide(Samples.asking(["additional_nodes": .int(9)])).isAllowed)
    }

    @Test func aProhibitionWithALimitSpeaksOfWhatFitsIt() {
        let policy = Samples.policy([Samples.allow(), Samples.forbid(limits: ["additional_nodes": 2])])
        #expect(!policy.decide(Samples.asking(["additional_nodes": .int(2)])).isAllowed)
        #expect(policy.decide(Samples.asking(["additional_nodes": .int(3)])).isAllowed)
        // What cannot be judged does not escape it.
        #expect(!policy.decide(Samples.asking([:])).isAllowed)
        #expect(!policy.decide(Samples.asking(["additional_nodes": .string("3")])).isAllowed)
    }
}

extension Samples {
    fileprivate static func asking(_ parameters: [String: JSONValue]) -> Policy.Request {
        asking("scale_cluster", parameters)
    }

    fileprivate static func asking(_ right: String, _ parameters: [String: JSONValue]) -> Policy.Request {
        Policy.Request(actor: amy, channel: ops, right: right, cluster: prod, parameters: parameters)
    }
}
