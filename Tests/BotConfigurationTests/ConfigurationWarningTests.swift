import ConfigurationTree
import Testing

@testable import BotConfiguration

@Suite struct ConfigurationWarningTests {
    private static let leads = "{name: z, allow: [resolve, release], who: [leads]}"
    private static let engineer = "policy:\n  - \(leads)\n  - {name: a, allow: [changes], who: [engineers]"
    private static let open = "{name: o, allow: [changes], who: [everyone], needs: none"
    private static let people = Fixture.sections.first { $0.key == "people" }?.text ?? ""

    /// What replaces a section of the fixture, and a part of the one warning that it must bring.
    @Test(arguments: [
        ("chat", "", "there is no `chat`"),
        ("policy", "", "there is no `policy`"),
        ("policy", "policy: []", "`policy` has no rules"),
        ("policy", "\(engineer), clusters: {names: [\"test-*\", dev-train]}}", "no cluster's name fits `test-*`"),
        ("policy", "\(engineer), clusters: {ids: [42], labels: {env: dev}}}", "no cluster fits all of this"),
        (
            "policy",
            "\(engineer)}\n  - {name: b, forbid: [scale_cluster], who: [everyone], limits: {additional_nodes: 8}}",
            "what exceeds them, it does not forbid"
        ),
        (
            "policy", "\(engineer), needs: {approvals: [{from: leads, count: 2}]}}",
            "what `bob`, `carol` asks for can never get 2 leads"
        ),
        (
            "policy",
            "policy:\n  - \(leads)\n  - {name: a, allow: [changes, resolve], who: [engineers], needs: confirmation}",
            "concerns only the changes"
        ),
        (
            "groups", "groups: {leads: {people: [bob, carol]}, engineers: {people: []}}",
            "nobody is in the group `engineers`"
        ),
        (
            "clusters", "clusters: [{id: 42, name: Workers, project: vision, labels: {env: prod}}]",
            "takes no cluster of that name; choose another one; until then its id works in commands"
        ),
        (
            "clusters", "clusters: [{id: 42, name: restart, project: vision, labels: {env: prod}}]",
            "`restart` is a word of the commands now"
        ),
        ("policy", "\(engineer)}\n  - \(open)}", "so nobody waits for the approvals of `a`"),
        (
            "policy", "\(engineer), clusters: {ids: [42]}}\n  - {name: f, forbid: [changes], who: [everyone]}",
            "everything that this rule allows is forbidden by `f`"
        ),
        (
            "policy",
            "\(engineer), clusters: {ids: [42]}}\n  - {name: f, forbid: [changes], who: [engineers], clusters: {names: [prod-*]}}",
            "`forbid` beats `allow`"
        ),
        (
            "policy", "\(engineer)}\n  - {name: b, allow: [changes], who: [engineers], needs: none}",
            "`b` allows all of this at once, so nobody waits for the approvals of this rule"
        ),
        (
            "policy",
            "policy:\n  - \(leads)\n  - {name: a, allow: [scale_cluster], who: [engineers]}\n"
                + "  - {name: f, require: {approvals: [{from: leads}]}, actions: [restart_cluster]}",
            "no rule allows any of what this one adds approvals to"
        ),
        (
            "policy", "policy:\n  - \(leads)\n  - {name: a, allow: [changes, read], who: [engineers]}",
            "`read` adds nothing here"
        ),
        (
            "policy",
            "policy:\n  - {name: a, allow: [changes], who: [engineers]}\n"
                + "  - {name: z, allow: [resolve, release], who: [leads]}\n"
                + "  - {name: y, allow: [release], who: [engineers], clusters: {ids: [42]}}",
            "`release` concerns no single cluster, so a rule with `clusters` never allows it"
        ),
        (
            "policy", "policy:\n  - {name: a, allow: [changes, release], who: [engineers]}",
            "nobody has the right `resolve`, so an outcome that reading the cluster cannot settle waits for ever"
        ),
        (
            "policy", "policy:\n  - {name: a, allow: [changes, resolve], who: [engineers]}",
            "nobody has the right `release`, so a store that was restored from a backup waits for ever"
        ),
        (
            "policy", "policy:\n  - {name: a, allow: [changes], who: [engineers]}",
            "nobody has the right `resolve` or `release`"
        ),
        (
            "policy",
            "\(engineer.replacing("[engineers]", with: "[\"person:amy\"]")), needs: {approvals: [{from: leads, count: 2}]}}",
            "exactly as many people can approve as must (`bob`, `carol`)"
        ),
        ("people", "\(people)\n  - {name: dan, accounts: [\"os:bot1/0\"]}", "whoever may `sudo` on that machine"),
        ("channels", "channels: {ops: \"slack:T0002/C0OPS\"}", "is not one of `chat.slack.workspaces`"),
        ("policy", "\(engineer), in: [ops, \"slack:T0002/C0OPS\"]}", "the workspace `T0002` is not one of"),
        ("channels", "channels: {ops: \"slack:T0001/ops\"}", "does not look like a Slack channel"),
        (
            "server", "server: {listen: 127.0.0.1:8080, socket: {host: bot2}}",
            "the machine `bot1` is not `server.socket.host` (`bot2`)"
        ),
        (
            "people",
            "people:\n"
                + ["amy", "bob", "carol"].enumerated()
                .map { "  - {name: \($1), accounts: [\"os:bot1/\($0)\", \"slack:T0001/U\($0)\"]}" }.joined(
                    separator: "\n"
                ),
            "`os:bot1/0` is root"
        ),
        (
            "cluster_api", "cluster_api: {base_url: \"https://a.example\", reconcile: {after: 1s}}",
            "is shorter than `timeouts.total`"
        ),
    ])
    func whatIsProbablyNotMeantIsAWarning(section: String, fragment: String, message: String) throws {
        let loaded = try Fixture.load(Fixture.text([section: fragment]))
        #expect(loaded.problems == [])
        #expect(loaded.warnings.count == 1, "\(loaded.warnings)")
        #expect(loaded.warnings.first?.message.contains(message) == true, "\(loaded.warnings)")
    }

    /// A floor and a rule that each have enough people, and have too few together.
    @Test func tooFewPeopleForARuleAndItsFloorIsAWarning() throws {
        let text = Fixture.text([
            "people": Self.people + "\n  - {name: dan, accounts: [\"slack:T0001/U0DAN\"]}",
            "groups":
                "groups: {leads: {people: [bob, carol]}, owners: {people: [bob, carol, dan]}, engineers: {people: [amy]}}",
            "policy": "policy:\n  - \(Self.leads)\n"
                + "  - {name: a, allow: [scale_cluster], who: [engineers], needs: {approvals: [{from: owners, count: 2}]}}\n"
                + "  - {name: f, require: {approvals: [{from: leads, count: 2}]}, who: [engineers]}",
        ])
        let warnings = try Fixture.load(text).warnings.map(\.message)
        #expect(warnings.contains { $0.contains("together with `f`, `scale_cluster` needs") }, "\(warnings)")
        let fewer = try Fixture.load(text.replacing("from: leads, count: 2}]}, who", with: "from: leads}]}, who"))
            .warnings
        #expect(!fewer.contains { $0.message.contains("together with") }, "\(fewer)")
    }

    /// A floor asks for approvals by itself, so nothing is at once under it.
    @Test func aFloorUnderAnOpenDoorIsNone() throws {
        let floor = "\n  - {name: f, require: {approvals: [{from: leads}]}}"
        let open = "\(Self.engineer)}\n  - \(Self.open)}"
        #expect(try Fixture.load(Fixture.text(["policy": open])).warnings.count == 1)
        #expect(try Fixture.load(Fixture.text(["policy": open + floor])).warnings == [])
        let covered = "\(Self.engineer)}\n  - {name: b, allow: [changes], who: [engineers], needs: none}"
        #expect(try Fixture.load(Fixture.text(["policy": covered])).warnings.count == 1)
        #expect(try Fixture.load(Fixture.text(["policy": covered + floor])).warnings == [])
    }

    /// What only looks like it: another cluster, another channel, other people, limits.
    @Test(arguments: [
        "\(engineer), clusters: {ids: [42]}}\n  - \(open), clusters: {ids: [43]}}",
        "\(engineer)}\n  - \(open), in: [ops]}",
        "\(engineer), needs: none}\n  - \(open)}",
        "\(engineer)}\n  - {name: f, forbid: [changes], who: [everyone], clusters: {ids: [42]}}",
        "\(engineer)}\n  - {name: f, forbid: [changes], who: [leads]}",
        "\(engineer)}\n  - {name: f, forbid: [update_ssh_keys], who: [everyone]}",
        "\(engineer)}\n  - {name: f, forbid: [changes], who: [everyone], in: [ops]}",
        "\(engineer)}\n  - {name: b, allow: [changes], who: [engineers], needs: none, limits: {additional_nodes: 2}}",
        "\(engineer)}\n  - {name: b, allow: [changes], who: [leads], needs: none}",
    ])
    func rulesThatBothMeanSomethingAreNone(policy: String) throws {
        let loaded = try Fixture.load(Fixture.text(["policy": policy]))
        #expect(loaded.problems == [])
        #expect(loaded.warnings == [])
    }

    /// A channel that has a name: where the name is given, that nothing comes from it, and where it is used for posting, that
    /// this cannot be.
    @Test(arguments: [
        ("groups", "groups: {leads: {people: [bob, carol], ask: {in: ops}}, engineers: {people: [amy]}}"),
        ("server", "server: {listen: 127.0.0.1:8080, socket: {channel: ops}}"),
    ])
    func nothingIsPostedInAForeignChannelThatHasAName(section: String, fragment: String) throws {
        let channels = "channels: {ops: \"slack:T0002/C0OPS\"}"
        let loaded = try Fixture.load(Fixture.text([section: fragment, "channels": channels]))
        #expect(loaded.problems.count == 1, "\(loaded.problems)")
        #expect(loaded.problems.first?.message.contains("nothing can be posted in `slack:T0002/C0OPS`") == true)
        #expect(loaded.warnings.count == 1, "\(loaded.warnings)")
        #expect(loaded.warnings.first?.message.contains("so nothing comes from it") == true)
    }

    /// Without any `chat` there is nowhere to post.
    @Test func whereNoPlatformIsNothingIsPosted() throws {
        let server = "server: {listen: 127.0.0.1:8080, socket: {channel: ops}}"
        let loaded = try Fixture.load(Fixture.text(["server": server, "chat": ""]))
        #expect(loaded.problems.count == 1 && loaded.warnings.count == 1, "\(loaded.problems) \(loaded.warnings)")
        #expect(loaded.problems.first?.message.contains("`chat.slack.workspaces` (none)") == true)
    }

    @Test func nobodyListedIsAWarning() throws {
        let loaded = try Fixture.load(
            Fixture.text(["people": "", "groups": "", "policy": "policy: []", "approval_default": ""])
        )
        #expect(loaded.problems == [])
        #expect(loaded.warnings.contains { $0.message.contains("nobody is listed under `people`") })
    }

    @Test func theFixtureItselfWarnsOfNothing() throws {
        #expect(try Fixture.load(Fixture.text()).warnings == [])
    }

    @Test func anAccountThatLooksLikeANameIsAWarning() throws {
        let people = (Fixture.sections.first { $0.key == "people" }?.text ?? "").replacing("U0CAROL", with: "carol")
        let loaded = try Fixture.load(Fixture.text(["people": people]))
        #expect(loaded.problems == [])
        #expect(loaded.warnings.map(\.message).filter { $0.contains("does not look like a Slack account") }.count == 1)
    }

    /// Credentials that end are said where the day stands, from 30 days before, and never keep the service from starting.
    @Test(arguments: [
        ("2027-03-01", nil), ("2026-10-01", "end on 2026-10-01, in"), ("2026-09-01", "ended on 2026-09-01"),
    ])
    func credentialsThatEndAreAWarning(day: String, words: String?) throws {
        let projects =
            "projects:\n  vision: {project_id: 1, location: Delhi, api_key: {env: KEY}, token: {env: TOKEN}, token_ends: \(day)}"
        let loaded = try Fixture.load(Fixture.text(["projects": projects]))
        #expect(loaded.configuration != nil)
        #expect(loaded.warnings.count == (words == nil ? 0 : 1))
        if let words {
            #expect(loaded.warnings.first?.message.contains(words) == true, "\(loaded.warnings)")
            let line = try #require(projects.split(separator: "\n").last)
            let before = line.prefix(upTo: try #require(line.firstRange(of: "token_ends")).lowerBound)
            #expect(loaded.warnings.first?.column == before.count + 1)
        }
    }
}
