import BotCore
import ConfigurationTree
import Testing

@testable import BotConfiguration

@Suite struct PolicyDigestTests {
    private func digest(_ text: String) throws -> String {
        let loaded = try Fixture.load(text)
        #expect(loaded.problems == [])
        return try #require(loaded.configuration?.policy.digest)
    }

    @Test func theWayItIsWrittenDoesNotMatter() throws {
        let usual = try digest(Fixture.text())
        #expect(usual.count == 64)
        let reordered =
            Fixture.sections.reversed().map(\.text).filter { !$0.isEmpty }.joined(separator: "\n\n# a comment\n") + "\n"
        #expect(try digest(reordered) == usual)
        let block =
            "policy:\n- who:\n  - engineers\n  allow: [\"changes\"]   # all nine\n  name: 'all'\n"
            + "- {who: [leads], name: leads look after things, allow: [release, resolve]}"
        #expect(try digest(Fixture.text(["policy": block])) == usual)
        let defaults = Fixture.text([
            "destructive":
                "destructive: [remove_security_group, detach_ip, update_ssh_keys, update_image, restart_cluster, restart_workers]",
            "approval_default": "approval_default: {within: 1800s, valid: 15m, approvals: [{count: 1, from: leads}]}",
        ])
        #expect(try digest(defaults) == usual)
    }

    @Test func whatDecidesNothingDoesNotMatter() throws {
        let usual = try digest(Fixture.text())
        let elsewhere = Fixture.text([
            "server": "server: {listen: 127.0.0.1:9999, socket: {path: /run/ops.sock, group: ops, channel: ops}}",
            "projects":
                "projects: {vision: {project_id: 7, location: Chennai, api_key: {env: SIGN}, token: {env: BOT}}}",
            "contact": "contact: help",
        ])
        #expect(try digest(elsewhere) == usual)
    }

    @Test(arguments: [
        (
            "people",
            "people:\n  - {name: amy, accounts: [\"slack:T0001/U0AMY\"]}\n  - {name: bob, accounts: [\"slack:T0001/U0BOB\"]}\n  - {name: carol, accounts: [\"slack:T0001/U0CAROL\"]}"
        ),
        ("groups", "groups: {leads: {people: [bob, carol, amy]}, engineers: {groups: [leads]}}"),
        ("channels", "channels: {ops: \"slack:T0001/C0OTHER\"}"),
        ("destructive", "destructive: [restart_cluster]"),
        ("policy", "policy:\n  - {name: all, allow: [changes, resolve], who: [engineers]}"),
        ("policy", "policy:\n  - {name: all, allow: [changes], who: [everyone]}"),
        ("policy", "policy:\n  - {name: all, allow: [changes], who: [engineers], clusters: {ids: [42, 43]}}"),
        ("policy", "policy:\n  - {name: all, allow: [changes], who: [engineers], in: [ops]}"),
        ("policy", "policy:\n  - {name: all, allow: [changes], who: [engineers], limits: {additional_nodes: 8}}"),
        ("policy", "policy:\n  - {name: all, allow: [changes], who: [engineers], values: {image_version_id: [77]}}"),
        ("policy", "policy:\n  - {name: all, allow: [changes], who: [engineers], needs: none}"),
        ("approval_default", "approval_default: {approvals: [{from: leads, count: 1}], within: 31m}"),
        ("approval_default", "approval_default: {approvals: [{from: engineers, count: 1}]}"),
        ("server", "server: {listen: 127.0.0.1:8080, socket: {approvals: true}}"),
    ])
    func whatDecidesSomethingChangesIt(section: String, text: String) throws {
        #expect(try digest(Fixture.text([section: text])) != digest(Fixture.text()))
    }
}
