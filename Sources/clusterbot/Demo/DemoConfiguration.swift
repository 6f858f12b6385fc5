import BotConfiguration
import ConfigurationTree
import Foundation
import Sandbox

/// The demo's configuration: an ordinary file, written with the simulators' addresses, read and checked like any other.
struct DemoConfiguration {
    let cloudURL: String
    let slackURL: String
    let slackHost: String

    /// Returns the variables that the file's `{env: …}` references name. They open nothing but the simulators.
    static func environment(_ workspace: SlackWorkspace) -> [String: String] {
        var secrets = ["SLACK_BOT_TOKEN": workspace.botToken, "SLACK_SIGNING_SECRET": workspace.signingSecret]
        for (name, credential) in zip(["VISION", "NLP"], CloudSettings.demoCredentials) {
            secrets["E2E_\(name)_KEY"] = credential.apiKey
            secrets["E2E_\(name)_TOKEN"] = credential.token
        }
        return secrets
    }

    var text: String {
        """
        # The demo's configuration. See config/clusterbot.yaml for every key.
        server: {listen: "127.0.0.1:0"}
        store: sqlite:clusterbot.db

        cluster_api:
          base_url: \(cloudURL)/myaccount/api/v1/gpu
          reconcile: {after: 60s, every: 5s, give_up: 1h}   # much shorter than the defaults, for visitors

        projects:
          vision: {project_id: 1187, location: Delhi, api_key: {env: E2E_VISION_KEY}, token: {env: E2E_VISION_TOKEN}}
          nlp: {project_id: 1200, location: Chennai, api_key: {env: E2E_NLP_KEY}, token: {env: E2E_NLP_TOKEN}}

        clusters:
          - {id: 42, name: prod-train, project: vision}
          - {id: 43, name: dev-train, project: nlp}

        people:
          - {name: amy, accounts: ["slack:T0001/U0AMY"]}
          - {name: bob, accounts: ["slack:T0001/U0BOB"]}
          - {name: carol, accounts: ["slack:T0001/U0CAROL"]}
          - {name: erin, accounts: ["slack:T0001/U0ERIN"]}

        groups:
          engineers: {people: [amy, bob, carol]}
          leads: {people: [bob], slack_usergroups: ["T0001/S0LEADS"]}
          security: {people: [erin], ask: {in: security}}

        channels: {security: "slack:T0001/C0SECURITY"}

        policy:
          - name: engineers act; a lead agrees to anything destructive
            allow: [changes]
            who: [engineers]
            limits: {additional_nodes: 8}
          - name: engineers lock what they work on
            allow: [lock]
            who: [engineers]
          - name: leads settle unknown outcomes, and freeze
            allow: [resolve, freeze]
            who: [leads]
          - name: security agrees to what opens or closes production's network
            require: {approvals: [{from: security, count: 1}]}
            clusters: {names: ["prod-*"]}
            actions: [add_security_group, remove_security_group]

        approval_default: {approvals: [{from: leads, count: 1}], within: 30m}

        chat:
          slack:
            app_id: A0001
            workspaces: {T0001: {bot_token: {env: SLACK_BOT_TOKEN}}}
            signing_secrets: [{env: SLACK_SIGNING_SECRET}]
            history_channel: C0HISTORY
            api_url: \(slackURL)/api/
            response_hosts: ["\(slackHost)"]

        contact: "#platform-help"

        """
    }

    /// Writes the file, for its owner only, and reads it back as the service does.
    func load(in folder: String, workspace: SlackWorkspace) throws -> Configuration {
        let path = Self.path(in: folder)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return try Self.read(in: folder, workspace: workspace)
    }

    /// Reads the file as it is now.
    static func read(in folder: String, workspace: SlackWorkspace) throws(ConfigurationProblems) -> Configuration {
        try Configuration.load(
            path: path(in: folder),
            environment: environment(workspace),
            platforms: ChatModules.all
        )
    }

    private static func path(in folder: String) -> String { "\(folder)/clusterbot.yaml" }
}
