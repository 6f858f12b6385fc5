/// The configuration as its specification shows it, letter for letter, without the entries of later versions.
enum ContractExample {
    static let text = #"""
        server:
          listen: 127.0.0.1:8080
          private_listen: 127.0.0.1:9090                 # optional
          public_url: https://clusterbot.example.com     # for links
          zone: Asia/Kolkata                             # optional, default UTC: for times where the person's own zone is not known
          socket:                                        # optional: where terminal commands reach the service
            path: /run/clusterbot/ops.sock               # default: beside the store, for its owner only
            group: ops                                   # which system group may connect (0660)
            host: bot1                                   # what HOST is in os:HOST/UID; default: the host's name
            channel: ops                                 # where changes from the terminal belong; needed for `say`
            approvals: false                             # default; whether approvals through os: accounts count

        store: sqlite:data/clusterbot.db                 # ⏳ or {postgres: {url: "postgres://clusterbot@db.corp/clusterbot", password: {env: PGPASSWORD}, ca_file: …}}

        limits: {open_changes: 20, requests_per_minute: 30}   # defaults, for each person
        egress: {proxy: "http://proxy.corp:3128", no_proxy: [10.0.0.0/8], ca_file: /etc/ssl/corp.pem}   # optional; the environment's proxies are never used

        cluster_api:
          base_url: https://api.e2enetworks.com/myaccount/api/v1/gpu
          locations: [Delhi, Chennai]                    # default
          ip_types: [reserved]                           # default; what detach_ip accepts
          timeouts: {connect: 5s, total: 30s}            # defaults; total at most 120s
          read_back: true                                # default; false: the API's GETs are never called
          reconcile: {after: 15m, every: 60s, give_up: 24h}   # defaults
          statuses: {busy: [Provisioning], down: [Archived]}  # optional: more words for the kinds of section 6, Drift

        projects:                                        # the API's tokens belong to a project and end after 365 days
          vision:
            project_id: 1187
            location: Delhi
            active_iam: 55                               # optional; absent means the parameter is not sent
            api_key: {env: E2E_API_KEY}                  # travels as ?apikey=
            token: {file: /etc/clusterbot/secrets/e2e-token}   # travels as Authorization: Bearer
            token_ends: 2027-03-01                       # optional; warnings from 30 days before, each day, at every start, in check, doctor and the history channel
          nlp: {project_id: 1200, location: Chennai, api_key: {env: E2E_NLP_KEY}, token: {env: E2E_NLP_TOKEN}}

        labels: {env: [dev, prod], team: [vision, nlp]}  # optional; when given, every cluster carries each of them, with one of these values
        clusters:                                        # only these can be named in a command
          - {id: 42, name: prod-train, project: vision, labels: {env: prod, team: vision}}
          - {id: 43, name: dev-train, project: nlp, labels: {env: dev, team: nlp}}

        people:                                          # one person, all their accounts
          - {name: amy, accounts: ["slack:T0001/U0AMY"]}
          - {name: bob, accounts: ["slack:T0001/U0BOB", "os:bot1/1001"]}
          - {name: dora, accounts: ["slack:T0001/U0DORA"]}

        groups:
          engineers: {people: [amy, bob]}
          managers: {people: [dora]}
          oncall: {people: [amy, bob]}
          vision-leads: {people: [bob]}
          nlp-leads: {people: [bob, dora]}
          leads:
            people: [bob]
            slack_usergroups: ["T0001/S0LEADS"]
            groups: [managers]
            ask: {in: approvals, mention: people}        # optional: where requests to this group are posted too, and whom they mention: people (those who can decide; at most 5; default), group, none
            quiet: {from: 22:00, to: 07:00, zone: Asia/Kolkata}   # optional: no mentions then, emergencies excepted

        channels: {ops: "slack:T0001/C0OPS", approvals: "slack:T0001/C0APPR"}   # optional names

        destructive: [restart_workers, restart_cluster, update_image, update_ssh_keys, detach_ip, remove_security_group]   # default

        reason: {required: [restart_cluster], pattern: '[A-Z]+-\d+'}   # optional: actions that need a --reason; what it must contain
        freezes:                                         # optional: times in which nothing is sent; local times of `zone`
          - {name: year end, from: 2026-12-30 18:00, to: 2027-01-02 08:00, zone: Asia/Kolkata, clusters: {labels: {env: prod}}, except: {who: [leads], actions: [restart_workers]}}

        policy:                                          # nothing matched = denied; forbid beats allow
          - name: engineers act on dev
            allow: [changes]                             # `changes` = the nine actions; or their names. Other rights are always written out
            who: [engineers]                             # groups, person:amy, everyone
            clusters: {labels: {env: dev}}               # or {names: [dev-*]}, {ids: [42]}; absent = all clusters
            limits: {additional_nodes: 8}                # largest amount allowed
            values: {image_version_id: [77, 81]}         # the only values allowed
            needs: none
          - name: engineers act on prod from the ops channel, a lead of the team agrees
            allow: [scale_cluster, restart_workers, restart_cluster, update_image]
            who: [engineers]
            clusters: {labels: {env: prod}}
            in: [ops]                                    # where it may be asked; absent = everywhere the bot is
            needs: {approvals: [{from: "{team}-leads", count: 1, then: {after: 10m, from: managers}}], within: 30m, valid: 15m}
          - name: keys on prod are not changed from chat
            forbid: [update_ssh_keys]
            who: [everyone]
            clusters: {labels: {env: prod}}
          - name: whatever else is said, prod restarts need a manager as well
            require: {approvals: [{from: managers, count: 1}]}
            actions: [restart_cluster]
            clusters: {labels: {env: prod}}
          - name: leads look after things
            allow: [resolve, release, lock, freeze]      # rights besides actions; also read
            who: [leads]

        approval_default: {approvals: [{from: leads, count: 1}], within: 30m}   # for destructive actions whose rule says no `needs`
        include: [policy.d/*.yaml]                       # optional; paths are relative to this file
        unlisted_approvers: none                         # default; usergroups: members of an asked user group count without being listed

        chat:
          slack:
            app_id: A0001
            workspaces: {T0001: {bot_token: {env: SLACK_BOT_TOKEN}}}
            signing_secrets: [{env: SLACK_SIGNING_SECRET}]   # two while rotating
            command: /cluster
            history_channel: C0HISTORY                   # optional: every change is posted here too; with several workspaces, in full
            api_url: https://slack.com/api/              # default
            response_hosts: [hooks.slack.com]            # default; the only hosts a response_url may name, `host:port` allowed

        contact: "#platform-help"                        # optional: whom a refusal points to
        """#
    /// A file with more rules, as `include` finds it.
    static let included = [
        "policy.d/nlp.yaml": """
        policy:
          - name: engineers attach addresses on dev
            allow: [attach_ip]
            who: [engineers]
            clusters: {labels: {env: dev}}
            needs: confirmation
        """
    ]

    /// The same with the entries of later versions, letter for letter: a store that several processes share, a rule for
    /// emergencies, and people who stand in for others.
    static let later = {
        let (rules, end) = ("approval_default:", "chat:\n")
        return
            text.replacing(
                "store: sqlite:data/clusterbot.db ",
                with:
                    #"store: {postgres: {url: "postgres://clusterbot@db.corp/clusterbot", password: {env: PGPASSWORD}, ca_file: /etc/ssl/db.pem}} "#
            )
            .replacing(rules, with: emergency + "\n\n" + rules)
            .replacing(end, with: standIns + "\n\n" + end)
    }()

    private static let emergency = """
          - name: those on call may act at once          # ⏳
            emergency: [restart_workers, restart_cluster]
            who: [oncall]
            lifts: [approvals, lock, freeze]
            needs: {people: 2, within: 15m, review: {from: leads, within: 24h}}
        """

    private static let standIns = "stand_ins: [{for: leads, from: [leads, managers], at_most: 14d}]   # ⏳"
}
