import BotCore

/// What the tests store.
enum Sample {
    static let start = Timestamp(seconds: 1_800_000_000)
    static let channel = Channel(platform: "slack", workspace: "T1", id: "C1")
    static let amy = Actor(
        person: "amy",
        account: Account(platform: "slack", workspace: "T1", user: "U0AMY"),
        name: "Amy"
    )
    static let bob = Actor(
        person: "bob",
        account: Account(platform: "slack", workspace: "T1", user: "U0BOB"),
        name: "Bob"
    )

    static let carol = Actor(
        person: "carol",
        account: Account(platform: "slack", workspace: "T1", user: "U0CAROL"),
        name: "Carol"
    )

    static func cluster(_ id: Int = 42) -> Cluster {
        Cluster(id: id, name: "train-\(id)", project: "vision", labels: ["env": "prod", "team": "vision"])
    }

    static func lock(of cluster: Int, by holder: Actor = amy, reason: String = "benchmark") -> ClusterLock {
        ClusterLock(
            cluster: self.cluster(cluster),
            holder: holder,
            reason: reason,
            channel: channel,
            since: start,
            until: start + .seconds(60)
        )
    }

    static func freeze(_ number: Int, _ clusters: Rule.ClusterSelector? = nil) -> Freeze {
        Freeze(
            name: Freeze.name(number),
            clusters: clusters,
            from: start,
            until: start + .seconds(60),
            source: .chat(bob, reason: "release", channel)
        )
    }

    static let toldFreeze = ToldFreeze(
        name: "year end",
        from: start,
        until: start + .seconds(60),
        covering: "",
        endedAt: nil,
        isOver: false
    )

    /// A change with only what every change has.
    static func change(
        _ id: Int,
        by requester: Actor = amy,
        cluster: Int = 42,
        state: ChangeState = .preparing,
        minute: Int? = nil
    ) -> Change {
        let typed = start + .seconds(60 * (minute ?? id))
        return Change(
            id: id,
            cluster: self.cluster(cluster),
            action: "scale_cluster",
            arguments: ["additional_nodes": .int(4)],
            requester: requester,
            channel: channel,
            typedAt: typed,
            createdAt: typed + .milliseconds(7),
            state: state,
            policy: "p0"
        )
    }

    /// A change in which everything is set.
    static func fullChange(_ id: Int, replaces: Int?) -> Change {
        var change = Change(
            id: id,
            cluster: cluster(),
            action: "update_ssh_keys",
            arguments: ["add": .ints([13]), "note": .string("ü \" \\ \n")],
            requester: Actor(
                person: nil,
                account: Account(platform: "matrix", workspace: "x.org", user: "@a/b:x.org"),
                name: "α"
            ),
            channel: Channel(platform: "matrix", workspace: "x.org", id: "!room:x.org"),
            reason: "because “it” is needed 🐙",
            replaces: replaces,
            replyHandle: "https://hooks.slack.com/commands/T1/2/3",
            typedAt: start,
            createdAt: start + .milliseconds(1),
            request: "5d41402abc4b2a76",
            state: .pending,
            permits: [
                Permit(rule: "free", needs: .nothing),
                Permit(rule: "asked", needs: .confirmation),
                Permit(
                    rule: "a lead agrees",
                    needs: .approvals(
                        ApprovalNeeds(
                            entries: [.init(from: "leads", count: 1), .init(from: "owners", count: 2)],
                            within: .milliseconds(1500),
                            valid: .seconds(60)
                        )
                    )
                ),
            ],
            policy: "p1"
        )
        change.howKnown = .readBack
        change.rule = "a lead agrees"
        change.parameters = ["ssh_key_ids": .ints([11, 12, 13])]
        change.plan = plan(id)
        change.asked = AskedMembers([
            UserGroup(platform: "slack", workspace: "T1", id: "S1"): [
                Account(platform: "slack", workspace: "T1", user: "U1")
            ]
        ])
        change.plannedAt = start
        change.expiresAt = start + .seconds(1)
        change.callsAt = start + .milliseconds(500)
        change.validUntil = start + .seconds(2)
        change.readyOrder = 3
        change.outcome = "It worked."
        change.recorded = HistoryHead(seq: 9, hash: String(repeating: "a", count: 64))
        change.updatedAt = start + .seconds(3)
        change.addedReasons = ["and the queue is long"]
        change.busy = ClusterBusy(status: "Restarting", since: start + .seconds(2))
        change.shownWait = "after #1 on prod-train"
        change.revision = 5
        return change
    }

    static func plan(_ change: Int) -> Plan {
        Plan(
            change: change,
            requester: amy,
            call: ClusterCall(
                method: "PUT",
                path: "/x/42/",
                query: "project_id=1",
                body: #"{"action":"scale_cluster"}"#
            ),
            before: ["no_of_nodes": .int(8)],
            after: ["no_of_nodes": .int(12)],
            effect: "+4 nodes on prod-train, 8 → 12",
            cautions: ["It costs money."],
            expiresAt: start
        )
    }

    static func approval(of change: Int, by actor: Actor, _ verdict: Approval.Verdict = .approved) -> Approval {
        Approval(change: change, actor: actor, verdict: verdict, comment: "fine", digest: "d", at: start)
    }

    static func intent(of change: Int) -> Intent {
        Intent(
            change: change,
            bodyDigest: "b",
            before: #"{"no_of_nodes":8}"#,
            sendBy: start + .seconds(5),
            leaseUntil: start + .seconds(45),
            fence: 1,
            startedAt: start
        )
    }

    static func entry(_ number: Int, cluster: Int? = 42, kind: HistoryEntry.Kind = .requested) -> HistoryEntry {
        HistoryEntry(
            at: start + .seconds(number),
            kind: kind,
            change: number,
            cluster: cluster.map { self.cluster($0) },
            action: "scale_cluster",
            parameters: ["additional_nodes": .int(4)],
            actor: amy,
            rule: "r",
            policy: "p",
            detail: ["number": .int(number)],
            texts: ["reason": "entry \(number)"]
        )
    }

    static func post(
        _ change: Int,
        _ place: Post.Place = .conversation,
        asker: String = amy.key,
        wanted: Int = 1,
        posted: Int = 0,
        at second: Int
    ) -> Post {
        var post = Post(
            change: change,
            place: place,
            channel: channel,
            asker: asker,
            wanted: wanted,
            nextTry: start + .seconds(second)
        )
        post.posted = posted
        return post
    }
}
