import BotConfiguration
import BotCore
import ConfigurationTree
import Foundation
import TestSupport
import Testing

@testable import clusterbot

/// `policy explain` and `policy test`, tried on the sample configuration that is shipped.
@Suite struct PolicyTrialTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../config")
        .standardizedFileURL.path

    private func trial() throws -> PolicyTrial {
        let loaded = try Configuration.load(
            path: Self.folder + "/clusterbot.yaml",
            environment: [:],
            platforms: ChatModules.all,
            readsSecrets: false
        )
        return PolicyTrial(loaded)
    }

    private func explain(_ line: String, as somebody: String, in place: String? = "ops", groups: [String] = []) throws
        -> JSONValue
    { try trial().explain(line, as: somebody, in: place, groups: groups).json }

    @Test func theSampleCasesHold() throws {
        let trial = try trial()
        let cases = try PolicyCaseReader.cases(at: Self.folder + "/policy-cases.yaml")
        #expect(cases.count == 9)
        for one in cases {
            let decided = try trial.explain(one.line, as: one.somebody, in: one.channel, groups: one.groups)
            let verdict = PolicyVerdict(tried: one, found: .decided(decided))
            #expect(verdict.holds, "\(verdict.sentence)")
        }
    }

    @Test func aVerdictFailsOnTheNeedsAndOnTheRule() throws {
        let decided = try trial().explain("43 scale 8", as: "amy", in: "ops", groups: [])
        func verdict(_ expected: PolicyCase.Expectation, _ rule: String?) -> PolicyVerdict {
            let tried = PolicyCase(
                place: .start,
                somebody: "amy",
                channel: "ops",
                line: "43 scale 8",
                groups: [],
                expected: expected,
                rule: rule
            )
            return PolicyVerdict(tried: tried, found: .decided(decided))
        }
        #expect(verdict(.none, nil).holds && verdict(.none, "engineers act on dev").holds)
        #expect(!verdict(.confirmation, nil).holds && !verdict(.refused, nil).holds)
        #expect(!verdict(.none, "another").holds)
        #expect(verdict(.refused, nil).sentence.contains("by the rule “engineers act on dev”"))
    }

    @Test func whatIsAllowedSaysRuleNeedsAndApprovers() throws {
        let allowed = try explain("42 restart cluster", as: "bob")
        #expect(allowed["decision"]?.string == "allowed" && allowed["needs"]?.string == "approvals")
        #expect(allowed["approvals"]?.array?.first?["from"]?.string == "leads")
        #expect(allowed["approvals"]?.array?.first?["count"]?.int == 1)
        // Never the one who asks.
        #expect(allowed["approvers"] == .array([.string("carol")]))
        #expect(allowed["reason"] == .null && allowed["fix"] == .null)
        let alone = try explain("43 scale 8", as: "slack:T0001/U0AMY")
        #expect(alone["needs"]?.string == "none" && alone["approvals"] == .null && alone["approvers"] == .null)
        #expect(alone["rule"]?.string == "engineers act on dev")
    }

    @Test func whatIsRefusedSaysWhyAndWhatWouldBeAllowed() throws {
        let far = try explain("43 scale 9", as: "amy")
        #expect(far["decision"]?.string == "refused" && far["needs"] == .null && far["rule"] == .null)
        #expect(far["reason"]?.string?.contains("At most 8 nodes at once here") == true)
        #expect(far["fix"]?.string == "`43 scale 8` would be allowed.")
        let elsewhere = try explain("42 restart cluster", as: "amy", in: nil)
        #expect(elsewhere["fix"]?.string == "Ask in `ops`.")
        let forbidden = try explain("42 ssh-keys set 11", as: "bob")
        #expect(forbidden["rule"]?.string == "keys on prod are not changed from chat")
        let stranger = try explain("43 scale 1", as: "slack:T0001/U0NEW")
        #expect(stranger["fix"]?.string == "List `slack:T0001/U0NEW` under `people`.")
    }

    @Test func groupsCountWhereTheyAreGiven() throws {
        let usual = try explain("42 restart cluster", as: "bob")
        let more = try explain("42 restart cluster", as: "amy", groups: ["leads"])
        #expect(usual["approvers"] == .array([.string("carol")]))
        #expect(more["approvers"] == .array([.string("bob"), .string("carol")]))
    }

    @Test(arguments: [
        ("42 restart cluster", "nobody", "ops", [], "neither a person"),
        ("42 restart cluster", "amy", "random", [], "neither a name under `channels`"),
        ("42 restart cluster", "amy", "ops", ["sea"], "no group `sea`"),
        ("42 restart cluster", "slack:T0001/U0NEW", "ops", ["leads"], "No person lists"),
        ("42 status", "amy", "ops", [], "asks for no change"),
        ("42 restrat cluster", "amy", "ops", [], "For example"),
    ])
    func whatCannotBeTriedIsSaid(line: String, somebody: String, place: String, groups: [String], word: String) throws {
        let trial = try trial()
        let error = #expect(throws: UsageProblem.self) {
            try trial.explain(line, as: somebody, in: place, groups: groups)
        }
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        ("- {as: amy, say: x}", ":1:3: the key `expect` is missing"),
        ("- {as: amy, say: x, expect: maybe}", "there is `none`, `confirmation`, `approvals`, `refused`"),
        ("- {as: amy, say: x, expect: none, needs: none}", "unknown key"),
        ("as: amy", "must be a list"), ("", "the file is empty"),
    ])
    func casesWithMistakesAreNamedWithTheirPlace(text: String, word: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "cases.yaml")
        let error = #expect(throws: ConfigurationProblems.self) { try PolicyCaseReader.cases(at: path) }
        let problems = error?.problems.map(\.description).joined(separator: "\n") ?? ""
        #expect(problems.contains(word), "\(problems)")
    }
}
