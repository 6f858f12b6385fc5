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
        ("scale 4 to 43", "43 scale 4"),
        ("please add two more nodes to prod-train", "42 scale 2"), ("42 keys add 13", "42 ssh-keys add 13"),
        ("42 scale 4 because jobs are queued", #"42 scale 4 --reason "jobs are queued""#),
        ("42 add 4 nodes because jobs are queued", #"42 scale 4 --reason "jobs are queued""#),
        ("42 scale 4 --dry-run", "42 scale 4 --plan"), ("add 4 nodes to 42 --plan", "42 scale 4 --plan"),
        ("restart cluster on 42", "42 restart cluster"), ("restart workers of dev-train", "43 restart workers"),
        ("lock 42 for 1h because I look", "42 lock for 1h because I look"), ("history of 42", "42 history"),
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
        ("aprove 3", ["approve 3"]), ("4 scale 42", []), ("42 add 13", []),
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
        ("42 scale 4 because the --plan flag failed", "inside the reason"),
    ])
    func areRefused(typed: String, words: String) {
        let wrong = #expect(throws: WrongInput.self, "\(typed)") { try Self.grammar.understand(typed) }
        #expect(wrong?.problem.contains(words) == true, "\(typed): \(wrong?.problem ?? "")")
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
