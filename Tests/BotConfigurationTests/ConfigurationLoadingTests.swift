import BotCore
import ChatKit
import ClusterAPI
import ConfigurationTree
import CurlHTTP
import Foundation
import SlackChat
import TestSupport
import Testing

@testable import BotConfiguration

@Suite struct ConfigurationLoadingTests {
    @Test func everySectionArrivesWhereItBelongs() throws {
        let configuration = try #require(
            try Fixture.load(
                Fixture.text([
                    "server": """
                    server:
                      listen: "[::1]:8080"
                      private_listen: localhost:0
                      public_url: http://localhost:8080/bot//
                    """,
                    "store": "store: sqlite:/var/lib/clusterbot/bot.db",
                    "cluster_api": """
                    cluster_api:
                      base_url: https://api.example.com/v1/gpu/
                      locations: [Delhi, Mumbai]
                      ip_types: [reserved, floating]
                      timeouts: {connect: 300ms, total: 10s}
                      read_back: false
                      reconcile: {after: 20m, every: 30s, give_up: 48h}
                      statuses: {busy: [Moving], down: [Archived]}
                    """,
                    "projects": """
                    projects:
                      vision: {project_id: 1187, location: Mumbai, active_iam: 55, api_key: {env: KEY}, token: {env: TOKEN}, token_ends: 2028-02-29}
                    """,
                    "destructive": "destructive: [scale_cluster]",
                    "chat": """
                    chat:
                      slack:
                        app_id: A0001
                        workspaces: {T0001: {bot_token: {env: BOT}}, T0002: {}}
                        signing_secrets: [{env: SIGN}, {env: SIGN2}]
                        command: /gpu
                        history_channel: ops
                        api_url: http://127.0.0.1:4000/api
                        response_hosts: ["127.0.0.1:4000", Hooks.slack.com]
                    """,
                    "contact": """
                    contact: "#platform-help"
                    limits: {open_changes: 5, requests_per_minute: 7}
                    egress: {proxy: "http://Proxy.corp:3128/", no_proxy: [10.0.0.0/8]}
                    """,
                ])
            ).configuration
        )
        #expect(configuration.warnings == [])
        #expect(configuration.server.listen == ListenAddress(host: "::1", port: 8080))
        #expect(configuration.server.listen.description == "[::1]:8080")
        #expect(configuration.server.privateListen == ListenAddress(host: "localhost", port: 0))
        #expect(configuration.server.publicURL == "http://localhost:8080/bot")
        #expect(configuration.storePath == "/var/lib/clusterbot/bot.db")
        #expect(configuration.locations == ["Delhi", "Mumbai"])
        #expect(configuration.ipTypes == ["reserved", "floating"])
        #expect(configuration.reconcile.after == .seconds(1200))
        #expect(configuration.reconcile.every == .seconds(30))
        #expect(configuration.reconcile.giveUp == .seconds(172_800))
        #expect(configuration.limits == RequestLimits(openChanges: 5, requestsPerMinute: 7))
        #expect(configuration.egress.proxy(for: "api.example") == "http://Proxy.corp:3128")
        #expect(configuration.egress.proxy(for: "10.1.2.3") == nil)
        #expect(configuration.statuses == StatusKinds(busy: ["Moving"], down: ["Archived"]))
        let api = configuration.clusterAPI
        #expect(api.baseURL == "https://api.example.com/v1/gpu")
        #expect(api.connectTimeout == .milliseconds(300))
        #expect(api.totalTimeout == .seconds(10))
        #expect(!api.readBack)
        let project = try #require(api.projects["vision"])
        #expect(project.id == 1187 && project.location == "Mumbai" && project.activeIAM == 55)
        #expect(project.apiKey.revealed == "canary-key-1" && project.token.revealed == "canary-token-2")
        #expect(project.tokenEnds?.description == "2028-02-29T00:00:00.000Z")
        #expect(configuration.clusters.map(\.title) == ["42 prod-train", "43 dev-train"])
        #expect(configuration.clusters.map(\.labels) == [["env": "prod"], ["env": "dev"]])
        #expect(configuration.people.map(\.name) == ["amy", "bob", "carol"])
        #expect(configuration.policy.people[Account(platform: "os", workspace: "bot1", user: "1001")] == "bob")
        #expect(configuration.policy.groups == ["leads": ["bob", "carol"], "engineers": ["amy", "bob", "carol"]])
        #expect(configuration.policy.destructive == ["scale_cluster"])
        #expect(configuration.policy.contact == "#platform-help" && configuration.contact == "#platform-help")
        let slack = try #require(configuration.slack)
        #expect(slack.appID == "A0001" && slack.command == "/gpu")
        #expect(slack.workspaces["T0001"]??.revealed == "xoxb-canary-bot-3")
        #expect(slack.workspaces.keys.contains("T0002") && slack.workspaces["T0002"] == .some(nil))
        #expect(slack.signingSecrets.map(\.revealed) == [Fixture.environment["SIGN"], Fixture.environment["SIGN2"]])
        #expect(slack.apiURL == "http://127.0.0.1:4000/api/")
        #expect(slack.responseHosts == ["127.0.0.1:4000", "hooks.slack.com"])
        #expect(slack.historyChannel == Channel("slack:T0001/C0OPS"))
    }

    @Test func relativePathsBeginInTheFolderOfTheFile() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("from-file\n".utf8), to: "token", mode: 0o600)
        let text = Fixture.text([
            "projects":
                "projects: {vision: {project_id: 1, location: Delhi, api_key: {env: KEY}, token: {file: token}}}"
        ])
        let loaded = Fixture.loadFile(try folder.write(Array(text.utf8), to: "clusterbot.yaml", mode: 0o600))
        #expect(loaded.configuration?.storePath == "\(folder.path)/data/clusterbot.db")
        #expect(loaded.configuration?.clusterAPI.projects["vision"]?.token.revealed == "from-file")
    }

    @Test func scalarsAreReadAsTextBeforeAnythingElse() throws {
        let text = Fixture.text([
            "labels": "labels: {env: [no, 010, dev, ~, 1.0]}",
            "clusters": """
            clusters:
              - {id: 0042, name: on, project: vision, labels: {env: no}}
              - {id: 43, name: 1e3, project: vision, labels: {env: 010}}
            """,
        ])
        // `~` is no label's value, and says so as text instead of becoming nothing.
        let loaded = try Fixture.load(text)
        #expect(
            loaded.problems.map(\.message) == [
                "`~` cannot be the value of a label; use letters, digits, `.`, `_` and `-`"
            ]
        )
        let clusters = try Fixture.load(text.replacing("~, ", with: "")).configuration?.clusters ?? []
        #expect(clusters.map(\.title) == ["42 on", "43 1e3"])
        #expect(clusters.map { $0.labels["env"] } == ["no", "010"])
    }

    @Test func allProblemsOfAFileComeOutAtOnceInItsOrder() throws {
        let text = """
            server: {listen: 8080}
            contact: help
            contact: other
            store: redis:x
            cluster_api: {base_url: "ftp://a"}
            projects: {vision: {project_id: x, location: Delhi, api_key: literal, token: {env: NOT_THERE}}}
            clusters: [{id: 1, name: help, project: vison}, {id: 1, name: b, project: vision}]
            people: [{name: amy, accounts: ["x"]}]
            groups: {a: {people: [bob]}, b: {peple: [amy]}}
            policy:
              - {name: r, allow: [scale], who: [c], needs: {approvals: [{from: d}]}}
              - {name: r, allow: [restart_cluster], who: [everyone], in: [ops], limits: {foo: 1}}
            chat: {slack: {app_id: A1}}
            """
        let loaded = try Fixture.load(text)
        let places = loaded.problems.map { Place(line: $0.line, column: $0.column) }
        #expect(places == places.sorted())
        #expect(
            loaded.problems.map(\.line) == [1, 3, 4, 5, 6, 6, 6, 7, 7, 7, 8, 9, 9, 11, 11, 11, 12, 12, 12, 12, 13, 13]
        )
        #expect(loaded.problems.allSatisfy { $0.description == "\($0.file):\($0.line):\($0.column): \($0.message)" })
        #expect(!loaded.problems.contains { $0.message.contains("literal") && !$0.message.contains("{env") })
    }

    @Test func threeTimesTheSameKeyIsTwoProblems() throws {
        let text = Fixture.text(["contact": "contact: a\ncontact: b\n\"contact\": c", "store": "store: redis:x"])
        let loaded = try Fixture.load(text)
        #expect(loaded.problems.count == 2)
        #expect(loaded.problems.first?.message.contains("`store` must begin") == true)
        #expect(loaded.problems.last?.message.contains("`contact` is there twice") == true)
    }

    @Test func whatTheContractShowsIsValid() throws {
        let loaded = try Fixture.load(ContractExample.text, readsSecrets: false, files: ContractExample.included)
        #expect(loaded.problems == [])
        let configuration = try #require(loaded.configuration)
        #expect(configuration.policy.rules.count == 6)
        let channel = Channel("slack:T0001/C0OPS")
        #expect(
            configuration.server.socket
                == ServiceSocket(path: "/run/clusterbot/ops.sock", group: "ops", host: "bot1", channel: channel)
        )
        // What is said at the terminal belongs to that channel.
        #expect(configuration.chat.map(\.platform) == ["slack", "os"])
        #expect(configuration.policy.withoutApprovals == ["os"])
        #expect(configuration.clusterAPI.projects.keys.sorted() == ["nlp", "vision"])
        // The team has one lead, who is an engineer as well, and there is one manager, whom the floor under restarts needs.
        #expect(
            loaded.warnings.map(\.message)
                == [("bob", "vision-lead"), ("dora", "manager")].map { person, group in
                    "nobody agrees to their own change, so what `\(person)` asks for can never get a \(group); add people to "
                        + "these groups"
                }
        )
        #expect(configuration.freezes.map(\.name) == ["year end"])
        #expect(configuration.server.zone.identifier == "Asia/Kolkata")
    }

    @Test func whatTheContractKeepsForLaterIsAnsweredEntryByEntry() throws {
        let loaded = try Fixture.load(ContractExample.later, readsSecrets: false, files: ContractExample.included)
        #expect(
            loaded.problems.map(\.message) == [
                "PostgreSQL as the store is not supported yet; write `sqlite:data/clusterbot.db`",
                "`emergency` is not supported yet; remove this entry of `policy`",
                "`stand_ins` is not supported yet; remove it",
            ]
        )
    }
}
