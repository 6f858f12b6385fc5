import BotCore
import BotEngine
import Testing

/// Lines that are not typed as the help shows them: each was typed by somebody.
@Suite("Other words for a command")
struct OtherWordsTests {
    /// Two clusters, of which `prod-train` is 42 and `dev-train` is 43.
    private static let grammar = Grammar(
        clusters: [
            Cluster(id: 42, name: "prod-train", project: "vision"), Cluster(id: 43, name: "dev-train", project: "nlp"),
        ],
        ipTypes: ["reserved"]
    )

    /// What is typed, and the line that means the same.
    @Test(arguments: [
        ("scale prod-train 4", "42 scale 4"), ("42 restart worker", "42 restart workers"),
        ("prod status", "42 status"), ("prod-trian status", "42 status"), ("#42 status", "42 status"),
        ("status 42", "42 status"), ("42 status.", "42 status"), ("dev–train status", "43 status"),
        ("dev_train status", "43 status"), ("scale 43 by 3 nodes", "43 scale 3"), ("42 status please", "42 status"),
        ("42 scale 4 nodes", "42 scale 4"), ("42 scale four", "42 scale 4"), ("42 add 4 nodes", "42 scale 4"),
        ("add 4 nodes to 42", "42 scale 4"), ("42 scale by 4", "42 scale 4"), ("42 add 1 node", "42 scale 1"),

        ("history yesterday", "history since yesterday"), ("42 history today failed", "42 history since today failed"),
        ("history last week", "history since 7d"), ("history 20 last month", "history 20 since 30d"),
        ("what can i do", "help"), ("What can I do here?", "help"), ("what may i do?", "help"),
        ("scale 4 to 43", "43 scale 4"),
        ("please add two more nodes to prod-train", "42 scale 2"), ("42 keys add 13", "42 ssh-keys add 13"),
        ("42 scale 4 because jobs are queued", #"42 scale 4 --reason "jobs are queued""#),
        ("42 add 4 nodes because jobs are queued", #"42 scale 4 --reason "jobs are queued""#),
        ("42 scale 4 --dry-run", "42 scale 4 --plan"), ("add 4 nodes to 42 --plan", "42 scale 4 --plan"),
        ("restart cluster on 42", "42 restart cluster"), ("restart workers of dev-train", "43 restart workers"),
        ("lock 42 for 1h because I look", "42 lock for 1h because I look"), ("history of 42", "42 history"),
        ("withdraw 4", "cancel 4"), ("withdraw #4 please", "cancel 4"),
        ("scale 42 to 12 nodes", "42 scale to 12"), ("what happened to 42 since tuesday?", "42 history since tuesday"),
        ("what happened to prod-train since 3 days?", "42 history since 3d"),
        ("what happened on 43 yesterday", "43 history since yesterday"), ("what changed today?", "history since today"),
        ("history 43 lines", "history 43 lines"), ("42 history 43", "42 history 43 lines"),
        ("why scale prod-train 4", "why 42 scale 4"),
        ("who can approve restart cluster on 42", "who can approve 42 restart cluster"),
        ("42 status?", "42 status"), ("-h", ""), ("--help", ""), ("?", ""), ("hello", ""), ("Help", "help"),
        ("/cluster scale prod-train 4", "42 scale 4"), ("PROD-TRAIN Scale 4 Nodes", "42 scale 4"),
    ])
    func meanTheSame(typed: String, right: String) throws {
        #expect(try Self.grammar.understand(typed) == Self.grammar.understand(right), "\(typed)")
    }

    /// What is typed, and the lines that are offered: nothing is done by it.
    @Test(arguments: [
        ("scale 42 4", ["42 scale 4"]), ("42 restart cluster?", ["42 restart cluster"]),
        ("restart 42", ["42 restart workers", "42 restart cluster"]),
        ("42 restart", ["42 restart workers", "42 restart cluster"]),
        ("42 sclae 4", ["42 scale 4"]), ("42 retsart cluster", ["42 restart cluster"]),
        ("42 restrat workers because stuck", ["42 restart workers because stuck"]),
        ("42 restrat", ["42 restart workers", "42 restart cluster"]), ("42 restrat cluster", ["42 restart cluster"]),
        ("42 restart all", ["42 restart workers", "42 restart cluster"]),
        (
            "42 restart everything because stuck",
            ["42 restart workers because stuck", "42 restart cluster because stuck"]
        ),
        ("42 restart hosts", ["42 restart workers", "42 restart cluster"]),
        ("42 restart 4 nodes", ["42 restart workers", "42 restart cluster"]),
        ("restart prod", ["prod-train restart workers", "prod-train restart cluster"]),
        ("prod restart", ["prod-train restart workers", "prod-train restart cluster"]),
        ("prd-train restart all", ["prod-train restart workers", "prod-train restart cluster"]),
        ("prd-train restart wrkers", ["prod-train restart workers"]),
        ("42 restart workers cause stuck", ["42 restart workers because stuck"]),
        ("42 restart workers cuz stuck", ["42 restart workers because stuck"]),
        ("42 restart workers becuase stuck", ["42 restart workers because stuck"]),
        ("42 restart workers due to a stuck job?", ["42 restart workers because a stuck job"]),
        ("restart workers on 42 since they are stuck", ["42 restart workers because they are stuck"]),
        (
            "42 restart workers since one two three four five six seven eight nine ten",
            ["42 restart workers because one two three four five six seven eight nine ten"]
        ),
        // A number that nobody typed is never guessed.
        ("42 add a node", ["42 scale 1"]), ("add another node to 43", ["43 scale 1"]),
        ("add a node", ["42 scale 1", "43 scale 1"]), ("42 add 2", ["42 scale 2"]),
        ("add 2 more to 43", ["43 scale 2"]), ("add 42", []),
        // What was typed as a plan does not become a change, and a reason is not lost.
        ("43 restart hosts --plan", ["43 restart workers --plan", "43 restart cluster --plan"]),
        ("42 restart because stuck", ["42 restart workers because stuck", "42 restart cluster because stuck"]),
        (#"43 restart workers --reason "stuck --plan"#, []),
        // A word that only begins alike may mean the contrary.
        ("resolve 3 fairly sure it worked", []), ("who need to approve 3", []),
        ("add 2", ["42 scale 2", "43 scale 2"]), ("42 scale 2node", ["42 scale 2"]),
        ("42 scale 2nodes --plan", ["42 scale 2 --plan"]),
        ("42 add 2nodes", ["42 scale 2"]),
        ("lgtm 5", ["show 5"]), ("+1 #5", ["show 5"]), ("ok 5 nice", ["show 5"]),
        ("who restarted prod-train", ["prod-train history"]), ("who scaled it?", ["history"]),
        ("resolve 4 succeded I saw it", ["resolve 4 succeeded I saw it"]),
        ("resolve #4 fail it did not", ["resolve #4 failed it did not"]),
        ("resolve 4 sucess I saw it", ["resolve 4 succeeded I saw it"]), ("resolve 4 yes I saw it", []),
        (#"42 scale 4 --reason "more room"#, [#"42 scale 4 --reason "more room""#]),
        ("prod scale 4", ["prod-train scale 4"]), ("prod-trian scale 4", ["prod-train scale 4"]),
        ("dev_train scale 4", ["dev-train scale 4"]), ("status", ["42 status", "43 status"]),
        ("train status", []), ("42 scale ４", ["42 scale 4"]), ("scale 4", ["42 scale 4", "43 scale 4"]),
        ("42 scale 4; 43 scale 2", ["42 scale 4", "43 scale 2"]),
        ("42 restart cluster because it hangs?", ["42 restart cluster because it hangs"]),
        ("scale prod-train 4 because it hangs?", ["prod-train scale 4 because it hangs"]),
        ("approve 17 ?", ["approve 17"]), ("approve 17 ok?", ["approve 17 ok"]), ("42 unlock ?", ["42 unlock"]),
        ("42 lock ?", []),
        ("42 lock why not?", ["42 lock why not"]),
        (
            "who can approve restart cluster",
            ["who can approve 42 restart cluster", "who can approve 43 restart cluster"]
        ),
        ("image 81 on 42", ["42 image 81"]), ("ip attach 9 on prod-train", ["prod-train ip attach 9"]),
        ("sg add 3 to 43", ["43 sg add 3"]), ("image 81 prod-train --plan", ["prod-train image 81 --plan"]),
        ("keys add 13 to 42 --plan", ["42 ssh-keys add 13 --plan"]), ("image v3-slurm on 42", ["42 image v3-slurm"]),
        ("update_image image_version_id=81 on 42", ["42 update_image image_version_id=81"]),
        ("ip detach 203.0.113.9 on 42", ["42 ip detach 203.0.113.9"]),
        ("status 42 and 43", ["42 status", "43 status"]), ("42, 43 status", ["42 status", "43 status"]),
        ("restart workers on 42 and 43", ["42 restart workers", "43 restart workers"]),
        ("reboot 42", ["42 restart workers", "42 restart cluster"]), ("42 reboot cluster", ["42 restart cluster"]),
        ("restart wrokers", ["42 restart workers", "43 restart workers"]),
        ("42 restart wrokers", ["42 restart workers"]),
        ("42 image Slurm 24.05", [#"42 image "Slurm 24.05""#]),
        ("image Slurm 24.05 on 42", [#"42 image "Slurm 24.05""#]),
        ("42 image 77 78", []), ("dance", []), (#"42 lock "x" --for 9d"#, [#"42 lock "x" --for 7d"#]),
        ("42 sg add 7d", []),
        ("aprove 3", ["approve 3"]), ("4 scale 42", []), ("42 add 13", ["42 scale 13"]),
    ])
    func areOffered(typed: String, lines: [String]) {
        let wrong = #expect(throws: WrongInput.self, "\(typed)") { try Self.grammar.understand(typed) }
        #expect(wrong?.offers.map(\.line) == lines, "\(typed): \(wrong?.problem ?? "")")
        for line in wrong?.offers.map(\.line) ?? [] {
            #expect(throws: Never.self) { try Self.grammar.understand(line) }
        }
    }

    /// What is typed, and what the answer says.
    @Test(arguments: [
        ("42 scale -4", "cannot be removed"), ("42 scale 0", "at least 1"),
        ("42 scale 1,000", "one whole number"),
        ("42 scale 4-8", "one whole number"), ("42 scale 4.5", "one whole number"),
        ("42 logs", "nothing that I can do"),
        ("42 stop", "nothing that I can do"), ("delete 42", "nothing that I can do"),
        ("4 scale 42", "There is no cluster"),
        ("42 scale 4 because the --plan flag failed", "inside the reason"), ("42 log", "nothing that I can do"),
        ("42 remove 4 nodes", "cannot be removed"), ("scale down 4", "cannot be removed"),
        ("42 scale down 4", "cannot be removed"), ("shrink 42", "cannot be removed"),
        ("42 scale 2 nodes nodes", "one word too many"), ("42 scale to 2 nodes node", "one word too many"),
        ("scale prod-train", "Missing: the number of nodes"), ("42 restart wrokers", "There is no `restart wrokers`"),
        ("restart wrokers", "There is no `restart wrokers`"), ("dance", "There is no cluster or command `dance` here."),
    ])
    func areRefused(typed: String, words: String) {
        let wrong = #expect(throws: WrongInput.self, "\(typed)") { try Self.grammar.understand(typed) }
        #expect(wrong?.problem.contains(words) == true, "\(typed): \(wrong?.problem ?? "")")
    }

    /// Nothing is shown as an example that costs money or stops something, where the person has not named it.
    @Test(arguments: [
        ("42 when was it restarted", "42 status"), ("42 dance", "42 status"), ("42 --plan", "42 status"),
        ("42 --reason", "42 status"), ("42 dance --force", "42 status"), ("42 scale -4", "42 status"),
        ("42 remove 4 nodes", "42 status"), ("restart nothing", "list"), ("scale 99 4", "list"),
        ("approve all", "pending"),
        ("42 restart cluster --force", "42 restart cluster --plan"),
        ("42 restart cluster --reason", #"42 restart cluster --reason "more room""#), ("history \"x", "42 status"),
        ("resolve 4 failed", #"resolve 4 failed "I saw it in the dashboard""#),
        ("resolve 4 faild", #"resolve 4 failed "I saw it in the dashboard""#),
        ("history denied", "history failed"), ("42 history refused", "42 history failed"),
    ])
    func showNoChangeThatNobodyNamed(typed: String, example: String) throws {
        let wrong = try #require(throws: WrongInput.self, "\(typed)") { try Self.grammar.understand(typed) }
        #expect(wrong.example == example && wrong.offers.isEmpty, "\(typed): \(wrong)")
    }

    /// Whoever agrees is shown what waits; it approves nothing.
    @Test(arguments: ["ok", "Yes please", "lgtm", "LGTM!", "+1", ":+1:"])
    func showWhatWaitsToWhomeverAgrees(typed: String) throws {
        #expect(try Self.grammar.understand(typed) == .whichChange("approve"))
    }

    /// What is meant is said once.
    @Test(arguments: [
        "prd-train restart wrkers", "prd-train restart", "42 restrat cluster", "lgtm 5", "prd-train dance",
    ])
    func sayOnceWhatMayBeMeant(typed: String) throws {
        let wrong = try #require(throws: WrongInput.self, "\(typed)") { try Self.grammar.understand(typed) }
        #expect(!wrong.problem.contains("Did you mean"), "\(wrong.problem)")
    }

    /// A choice of what to restart is asked in one sentence.
    @Test(arguments: ["42 restrat", "42 restart all", "42 restart everything", "42 restart it?"])
    func askWhatToRestart(typed: String) throws {
        let wrong = try #require(throws: WrongInput.self, "\(typed)") { try Self.grammar.understand(typed) }
        #expect(wrong.problem == "Restart what?" && wrong.offers.allSatisfy { $0.label != $0.line }, "\(wrong)")
    }

    /// What is of a later version is no near miss of anything, and is never passed over.
    @Test(arguments: [
        ("undo 1", nil), ("undo 1?", nil), ("again 1", nil), ("away until friday", nil), ("back", nil),
        ("Back please", nil),
        ("away until friday, bob instead because I sleep", nil), ("review 3 ok", nil), (#"emergency 3 "down""#, nil),
        ("42 undo", nil), ("why undo 1", nil),
        ("approve 1 with 1 node", #"deny 1 "only with 1 node""#), ("approve #4 with 2", #"deny 4 "only with 2""#),
        ("approve 4, with 2 nodes please", nil), ("APPROVE 4 With two", nil), ("approve 4 plan 01182a52 with 1", nil),
        ("42 scale 4 --emergency", "42 scale 4"),
        ("42 scale 4 --emergency because it burns", "42 scale 4 because it burns"),
        ("42 restart cluster --at 22:00", "42 restart cluster"),
        (#"42 scale 4 --at "2026-12-01 22:00" --plan"#, "42 scale 4 --plan"),
        ("42 scale 4 --in 2h", "42 scale 4"), ("42 scale 4 --in=2h", "42 scale 4"),
        ("42 scale 4 –at 22:00", "42 scale 4"),
        ("scale prod-train 4 --in 2h", "42 scale 4"), ("42 add 4 nodes --in 2h", "42 scale 4"),
        ("42 scale 4 at 22:00", "42 scale 4"), ("scale prod-train 4 at 22:00", "42 scale 4"),
        ("42 sclae 4 --in 2h", nil), ("42 status --in 2h", "42 status"), ("show 3 --emergency", "show 3"),
        (#"42 lock "x" --in 2h"#, #"42 lock "x""#), (#"freeze "x" everything --at 22:00"#, #"freeze "x" everything"#),
        (#"42 scale 4 --reason "more room" --in 2h"#, #"42 scale 4 --reason "more room""#),
        ("why 42 scale 4 --emergency", "why 42 scale 4"),
    ])
    func areNotSupportedYet(typed: String, right: String?) throws {
        let wrong = try #require(throws: WrongInput.self, "\(typed)") { try Self.grammar.understand(typed) }
        #expect(wrong.problem.contains("is not supported yet, so nothing was done."), "\(typed): \(wrong.problem)")
        #expect(wrong.offers.isEmpty, "\(typed)")
        if let right {
            #expect(try Self.grammar.understand(wrong.example) == Self.grammar.understand(right), "\(typed)")
        }
        #expect(throws: Never.self, "\(wrong.example)") { try Self.grammar.understand(wrong.example) }
    }

    /// Free text may begin with any word if it stands in quotes.
    @Test func takeAQuotedCommentAsItIs() throws {
        #expect(
            try Self.grammar.understand(#"approve 1 "with pleasure""#)
                == .approve(change: 1, comment: "with pleasure", digest: nil)
        )
    }

    /// An option inside a reason is named in whatever order the line stands, with the line as it would be right.
    @Test(arguments: [
        (
            "scale prod-train 4 because the --emergency flag failed",
            #"prod-train scale 4 --reason "the --emergency flag failed""#
        ),
        ("add 4 nodes to 42 because --plan was missing", #"42 scale 4 --reason "--plan was missing""#),
        ("42 add 4 nodes because --in was missing", #"42 scale 4 --reason "--in was missing""#),
    ])
    func nameAnOptionInsideAReason(typed: String, right: String) throws {
        let wrong = try #require(throws: WrongInput.self, "\(typed)") { try Self.grammar.understand(typed) }
        #expect(wrong.problem.contains("inside the reason") && wrong.example == right, "\(wrong)")
    }

    /// A number that is a cluster's is taken as the cluster, and this is said.
    @Test func takeAClustersNumberAsTheCluster() throws {
        let grammar = Self.grammar
        for (typed, cluster, count, isSaid) in [
            ("history 43", 43, 10, true), ("history 43 20", 43, 20, true), ("history 20 43", 43, 20, true),
            ("history of 43", 43, 10, false), ("43 history 42", 43, 42, false), ("history 43 lines", nil, 43, false),
            ("history 43 lines 42", 42, 43, true), ("history dev-train 42", 43, 42, false),
            ("history 20", nil, 20, false),
        ] as [(String, Int?, Int, Bool)] {
            guard case .command(let history as History) = try grammar.understand(typed) else {
                Issue.record("\(typed)")
                continue
            }
            #expect(history.cluster?.id == cluster && history.count == count, "\(typed)")
            #expect(history.isNumberTakenAsCluster == isSaid, "\(typed)")
        }
    }

    /// What somebody wants to do with a cluster is never guessed: not its number, not its name, not an order of numbers.
    @Test(arguments: [
        "scale 42 to 43", "scale 43 42", "scale 42 43", "image 42 43", "ip attach 42 43", "sg add 42 43",
        "ssh-keys set 42 43",
        "lock 42 for 43 upgrade", "lock 42 maintenance of 43", "unlock 42 for 43", "scale 42 nodes 43",
        "scale 42 nodes 4",
        "add 43 nodes to 4", "scale 99 by 42 nodes", "scale 42 to 99", "add 42 nodes to 99", "42 key 13",
        "keys for 42 13",
        "42 add node 4", "42 add up to 12 nodes",
        "tarin scale 4", "p scale 4", "train scale 4", "prodtrain scale 4",
    ])
    func neverCorrectAChange(typed: String) {
        #expect(throws: WrongInput.self, "\(typed)") { try Self.grammar.understand(typed) }
    }

    /// A reason is kept as it was typed, whatever words of ours stand in it.
    @Test func keepReasonsAsTheyAre() throws {
        let typed = try Self.grammar.understand("lock prod-train Worker keys rotated for ACME")
        #expect(try typed == Self.grammar.understand(#"42 lock "Worker keys rotated for ACME""#))
    }

    /// Whoever may not see a cluster is not told that it is there.
    @Test(arguments: [
        "pr scale 4", "scale 4", "status", "logs", "42 image", "42 sclae 4", "prod-trian status", "restart",
    ])
    func tellNothingOfHiddenClusters(typed: String) throws {
        let dev = Cluster(id: 43, name: "dev-train", project: "nlp")
        let wrong = Result { try Self.grammar.understand(typed, visible: { [dev] }) }
        guard case .failure(let error as WrongInput) = wrong else {
            #expect(try wrong.get() == .command(Status(cluster: dev)))
            return
        }
        for text in [error.problem, error.example] + error.offers.map(\.line)
        where !typed.contains("42") && !typed.contains("prod") {
            #expect(!text.contains("42") && !text.contains("prod"), "\(text)")
        }
    }

    /// A line of any length and any sums in it is answered.
    @Test(arguments: ["history since ", "42 lock --for ", "freeze --for "])
    func takeSpansOfAnySize(start: String) {
        let typed = start + String(repeating: "999999999d", count: 200)
        #expect(throws: WrongInput.self) { try Self.grammar.understand(typed) }
    }
}
