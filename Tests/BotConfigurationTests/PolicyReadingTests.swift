import BotCore
import ConfigurationTree
import Testing

@testable import BotConfiguration

@Suite struct PolicyReadingTests {
    private let configuration: Configuration

    init() throws {
        configuration = try #require(
            try Fixture.load(ContractExample.text, readsSecrets: false, files: ContractExample.included).configuration
        )
    }

    private func decide(
        _ user: String,
        _ right: String,
        on cluster: Int,
        in channel: String = "C0OPS",
        _ parameters: [String: JSONValue] = [:]
    ) throws -> Decision {
        let account = Account(platform: "slack", workspace: "T0001", user: user)
        let target: Cluster = try #require(configuration.clusters.first { $0.id == cluster })
        return configuration.policy.decide(
            Policy.Request(
                actor: configuration.policy.actor(account, name: user),
                channel: Channel(platform: "slack", workspace: "T0001", id: channel),
                right: right,
                cluster: target,
                parameters: parameters
            )
        )
    }

    private var aLead: Needs { approval(.init(from: "leads", count: 1)) }

    private func approval(_ entry: ApprovalNeeds.Entry) -> Needs {
        .approvals(ApprovalNeeds(entries: [entry], within: .seconds(1800), valid: .seconds(900)))
    }

    @Test func engineersActOnDevAtOnce() throws {
        let permit = Permit(rule: "engineers act on dev", needs: .nothing)
        #expect(try decide("U0AMY", "restart_cluster", on: 43) == .allowed([permit]))
        #expect(try decide("U0AMY", "scale_cluster", on: 43, ["additional_nodes": .int(8)]) == .allowed([permit]))
    }

    @Test func amountsAndValuesBeyondTheRuleAreRefused() throws {
        guard case .refused(let more) = try decide("U0AMY", "scale_cluster", on: 43, ["additional_nodes": .int(9)])
        else {
            Issue.record("9 nodes are more than 8")
            return
        }
        #expect(
            more.sentence.contains("At most 8 nodes at once here") && more.sentence.contains("`43 scale 8` would be")
        )
        guard case .refused(let image) = try decide("U0AMY", "update_image", on: 43, ["image_version_id": .int(78)])
        else {
            Issue.record("image 78 is not listed")
            return
        }
        #expect(image.reason.contains("77, 81"))
        #expect(image.sentence.hasSuffix("`43 image 77` would be allowed; else ask #platform-help if that is wrong."))
    }

    @Test func prodNeedsTheChannelAndALead() throws {
        let rule = "engineers act on prod from the ops channel, a lead of the team agrees"
        let aLeadOfTheTeam = approval(
            .init(from: "vision-leads", count: 1, then: .init(after: .seconds(600), from: "managers"))
        )
        #expect(try decide("U0AMY", "restart_workers", on: 42) == .allowed([Permit(rule: rule, needs: aLeadOfTheTeam)]))
        guard case .refused(let elsewhere) = try decide("U0AMY", "restart_workers", on: 42, in: "C0OTHER") else {
            Issue.record("only from the ops channel")
            return
        }
        #expect(elsewhere.reason.contains("not in this channel"))
    }

    @Test func whatIsForbiddenOrNotNamedIsRefused() throws {
        guard case .refused(let keys) = try decide("U0BOB", "update_ssh_keys", on: 42) else {
            Issue.record("keys on prod are forbidden")
            return
        }
        #expect(keys.rule == "keys on prod are not changed from chat")
        guard case .refused = try decide("U0BOB", "attach_ip", on: 42),
            case .refused = try decide("U0EVE", "attach_ip", on: 43)
        else {
            Issue.record("no rule allows it")
            return
        }
    }

    @Test func onlyLeadsResolve() throws {
        #expect(
            try decide("U0BOB", "resolve", on: 42)
                == .allowed([Permit(rule: "leads look after things", needs: .nothing)])
        )
        guard case .refused = try decide("U0AMY", "resolve", on: 42) else {
            Issue.record("amy is no lead")
            return
        }
    }

    @Test func aRuleWithoutNeedsFallsBackByAction() throws {
        let policy = try #require(try Fixture.load(Fixture.text()).configuration?.policy)
        let rule = try #require(policy.rules.first)
        #expect(rule.needs == nil && rule.rights == Set(ActionCatalogue.all.map(\.name)))
        #expect(policy.usualNeeds("restart_cluster") == aLead)
        #expect(policy.usualNeeds("scale_cluster") == .confirmation)
        #expect(policy.usualNeeds("attach_ip") == .confirmation)
    }

    @Test func withoutADefaultEveryDestructiveRuleMaySayItItself() throws {
        let rules =
            "policy:\n  - {name: a, allow: [restart_cluster], who: [\"person:amy\"], needs: confirmation}\n  - {name: b, allow: [attach_ip], who: [engineers]}"
        let loaded = try Fixture.load(Fixture.text(["approval_default": "", "policy": rules]))
        #expect(loaded.problems == [])
        #expect(loaded.configuration?.policy.rules.map(\.needs) == [.confirmation, nil])
        #expect(loaded.configuration?.policy.rules.first?.who == [.person("amy")])
        let none = try Fixture.load(Fixture.text(["approval_default": "", "destructive": "destructive: []"]))
        #expect(none.problems == [])
    }

    @Test func everySelectorAndScopeArrives() throws {
        let loaded = try Fixture.load(
            Fixture.text([
                "policy": """
                policy:
                  - name: everything said
                    allow: [detach_ip, update_image, read]
                    who: [everyone, "person:amy", leads]
                    clusters: {ids: [42], names: ["*-TRAIN"], labels: {env: [dev, prod]}}
                    in: [ops, "slack:T0001/C0OTHER"]
                    limits: {image_version_id: 90}
                    values: {ip_type: [reserved], reserved_ip_id: [9]}
                    needs: {approvals: [{from: engineers, count: 2}, {from: leads}], within: 90s}
                """
            ])
        )
        let rule = try #require(loaded.configuration?.policy.rules.first)
        #expect(rule.rights == ["detach_ip", "update_image", "read"])
        #expect(rule.who == [.everyone, .person("amy"), .group("leads")])
        #expect(rule.clusters == Rule.ClusterSelector(ids: [42], names: ["*-TRAIN"], labels: ["env": ["dev", "prod"]]))
        #expect(
            rule.channels == [Channel("slack:T0001/C0OPS"), Channel("slack:T0001/C0OTHER")].compactMap(\.self).asSet
        )
        #expect(rule.limits == ["image_version_id": 90])
        #expect(rule.values == ["ip_type": [.string("reserved")], "reserved_ip_id": [.int(9)]])
        let entries = [ApprovalNeeds.Entry(from: "engineers", count: 2), ApprovalNeeds.Entry(from: "leads", count: 1)]
        #expect(
            rule.needs
                == .approvals(ApprovalNeeds(entries: entries, within: .seconds(90), valid: ApprovalNeeds.usualValid))
        )
    }
}

extension Array where Element: Hashable {
    fileprivate var asSet: Set<Element> { Set(self) }
}
