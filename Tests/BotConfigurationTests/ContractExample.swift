/// The configuration as its specification shows it, without what is not supported yet (`slack_usergroups`).
enum ContractExample {
    static let text = #"""
        server:
          listen: 127.0.0.1:8080
          private_listen: 127.0.0.1:9090                 # optional
          public_url: https://clusterbot.example.com     # for links to the history page
          zone: Asia/Kolkata                             # optional, default UTC: for times where the person's own zone is not known
          socket:                                        # optional: where terminal commands reach the service
            path: /run/clusterbot/ops.sock               # default: beside the store, for its owner only
            group: ops                                   # which system group may connect (0660)
            host: bot1                                   # what HOST is in os:HOST/UID; default: the host's name
            channel: ops                                 # where changes from the terminal belong; needed for `say`
            approvals: false                             # default; whether approvals through os: accounts count

        store: sqlite:data/clusterbot.db

        cluster_api:
          base_url: https://api.e2enetworks.com/myaccount/api/v1/gpu
          locations: [Delhi, Chennai]                    # default
          ip_types: [reserved]                           # default; what detach_ip accepts
          timeouts: {connect: 5s, total: 30s}            # defaults
          read_back: true
          reconcile: {after: 15m, every: 60s, give_up: 24h}

        projects:
          vision:
            project_id: 1187
            location: Delhi
            active_iam: 55                               # optional; absent means the parameter is not sent
            api_key: {env: KEY}                          # travels as ?apikey=
            token: {file: e2e-token}                     # travels as Authorization: Bearer
            token_ends: 2027-03-01                       # optional; warnings from 30 days before, each day
          nlp: {project_id: 1200, location: Chennai, api_key: {env: KEY}, token: {env: TOKEN}}

        labels: {env: [dev, prod], team: [vision, nlp]}
        clusters:
          - {id: 42, name: prod-train, project: vision, labels: {env: prod, team: vision}}
          - {id: 43, name: dev-train, project: nlp, labels: {env: dev, team: nlp}}

        people:
          - {name: amy, accounts: ["slack:T0001/U0AMY"]}
          - {name: bob, accounts: ["slack:T0001/U0BOB", "os:bot1/1001"]}

        groups:
          engineers: {people: [amy, bob]}
          leads: {people: [bob], groups: []}

        channels: {ops: "slack:T0001/C0OPS"}

        destructive: [restart_workers, restart_cluster, update_image, update_ssh_keys, detach_ip, remove_security_group]

        freezes:                                         # optional: times in which nothing is sent; local times of `zone`
          - {name: year end, from: 2026-12-30 18:00, to: 2027-01-02 08:00, zone: Asia/Kolkata, clusters: {labels: {env: prod}}, except: {who: [leads], actions: [restart_workers]}}

        policy:
          - name: engineers act on dev
            allow: [changes]
            who: [engineers]
            clusters: {labels: {env: dev}}
            limits: {additional_nodes: 8}
            values: {image_version_id: [77, 81]}
            needs: none
          - name: engineers act on prod from the ops channel, a lead agrees
            allow: [scale_cluster, restart_workers, restart_cluster, update_image]
            who: [engineers]
            clusters: {labels: {env: prod}}
            in: [ops]
            needs: {approvals: [{from: leads, count: 1}], within: 30m, valid: 15m}
          - name: keys on prod are not changed from chat
            forbid: [update_ssh_keys]
            who: [everyone]
            clusters: {labels: {env: prod}}
          - name: leads look after things
            allow: [resolve, release, lock, freeze]
            who: [leads]

        approval_default: {approvals: [{from: leads, count: 1}], within: 30m}

        chat:
          slack:
            app_id: A0001
            workspaces: {T0001: {bot_token: {env: BOT}}}
            signing_secrets: [{env: SIGN}]
            command: /cluster
            history_channel: C0HISTORY
            api_url: https://slack.com/api/
            response_hosts: [hooks.slack.com]

        contact: "#platform-help"
        """#
}
