import BotCore
import BotEngine
import Testing

/// What is no command, and what is said of it. Each wrong text is shown an example, and the example must be right.
struct WrongInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let problem: String

        init(_ text: String, _ problem: String) {
            self.text = text
            self.problem = problem
        }

        var testDescription: String { text }
    }

    static let cases: [Case] = [
        // Clusters and actions that do not exist.
        Case("44 scale 4", "no cluster or command `44`"),
        Case("prod scale 4", "no cluster or command `prod`"),
        Case("\"\"", "no cluster or command ``"),
        Case("--plan 42 scale 4", "no cluster or command `--plan`"),
        Case("#44 status", "no cluster or command `#44`"),
        Case("status", "On which cluster?"),
        Case("42 destroy", "nothing that I can do"),
        Case("42 dance", "no action `dance`"),
        Case("42 scaling 4", "no action `scaling`"),
        Case("42 workers restart", "no action `workers`"),
        Case("42 42", "no action `42`"),
        // Words that are missing.
        Case("42 --plan", "Name an action"),
        Case("42 restart", "Restart what?"),
        Case("42 restart everything", "Restart what?"),
        Case("42 restart hosts", "`restart workers` or `restart cluster`"),
        Case("42 ip 9", "`ip attach` or `ip detach`"),
        Case("42 scale", "Missing: the number of nodes to add"),
        Case("42 scale to", "Missing: the number of nodes to end with"),
        Case("42 ip detach reserved", "`reserved` names nothing"),
        Case("42 scale_cluster", "Missing: `additional_nodes`"),
        Case("42 scale_cluster additional_nodes=", "Missing: `additional_nodes`"),
        Case("42 update_ssh_keys ssh_key_ids=", "Missing: `ssh_key_ids`"),
        Case("42 detach_ip ip_type=reserved", "Missing: `reserved_ip_id`"),
        Case("deny 17", "Say why"),
        Case("deny 17 ''", "Say why"),
        Case("deny 17 \" \u{200B} \"", "Say why"),
        Case("resolve 17", "`succeeded` or `failed`"),
        Case("resolve 17 done 'I saw it'", "`succeeded` or `failed`"),
        Case("history denied", "only `failed`"),
        Case("resolve 17 succeeded", "how you know"),
        Case("resolve 17 failed ''", "how you know"),
        Case("why", "Name a cluster and an action"),
        Case("why 42", "Name an action"),
        Case("why 44 scale 4", "no cluster or command `44`"),
        Case("why 42 scale", "Missing: the number of nodes to add"),
        Case("who", "`can approve`"),
        Case("who can", "`can approve`"),
        Case("who may approve 42 scale 4", "`can approve`"),
        Case("who can approve", "Name a cluster and an action"),
        Case("who can approve 42 restart", "Restart what?"),
        Case("deny because", "`because` is not a number"),
        // Words too many.
        Case("list all", "`all` is one word too many"),
        Case("pending 17", "`17` is one word too many"),
        Case("whoami amy", "`amy` is one word too many"),
        Case("version 2", "`2` is one word too many"),
        Case("show 17 18", "One change at a time"),
        Case("confirm 17 ok", "`ok` is one word too many"),
        Case("42 status now", "`now` is one word too many"),
        Case("42 status --plan", "`--plan` is one word too many"),
        Case("history 10 20", "`20` is one word too many"),
        Case("42 scale 4 5", "`5` is one word too many"),
        Case("42 scale 4 hats", "`hats` is one word too many"),
        Case("42 image 77 78", "`78` is one word too many"),
        Case("42 restart workers cluster", "`cluster` is one word too many"),
        Case("42 sg remove 3 4", "`4` is one word too many"),
        Case("42 scale_cluster 4", "`4` is one word too many"),
        Case("42 scale_cluster additional_nodes=4,5", "`5` is one word too many"),
        Case("42 detach_ip reserved_ip_id=9 reserved", "`reserved` is one word too many"),
        Case("42 restart_cluster now", "`now` is one word too many"),
        // Fields, options and ids that do not exist or are there twice.
        Case("42 scale_cluster nodes=4", "has no field `nodes`"),
        Case("42 restart_workers action=restart_cluster", "has no field `action`"),
        Case("42 scale_cluster =4", "has no field ``"),
        Case("42 scale_cluster additional_nodes=4 additional_nodes=5", "`additional_nodes` is there twice"),
        Case("42 update_ssh_keys ssh_key_ids=11 SSH_KEY_IDS=12", "`ssh_key_ids` is there twice"),
        Case("42 ssh-keys 11 12 11", "11 is there twice"),
        Case("42 ssh-keys add 13 013", "13 is there twice"),
        Case("42 update_ssh_keys ssh_key_ids=11,12,11", "11 is there twice"),
        Case("42 sg add 3 3", "3 is there twice"),
        Case("42 scale 4 --plan --PLAN", "`--plan` is there twice"),
        Case("42 scale 4 --reason 'a' --reason b", "`--reason` is there twice"),
        Case("42 scale 4 --force", "no option `--force`"),
        Case("42 scale 4 --", "no option `--`"),
        Case("42 scale 4 \u{2014}resaon x", "no option `--resaon`"),
        Case("42 scale 4 --reason", "`--reason` needs a text"),
        Case("42 scale 4 --reason ''", "`--reason` needs a text"),
        Case("42 scale 4 --reason ' '", "`--reason` needs a text"),
        Case("42 scale 4 --reason --plan", "`--reason` needs a text"),
        Case("42 ip detach 9 floating", "`floating` is no type of IP address"),
        Case("42 detach_ip reserved_ip_id=9 ip_type=''", "`''` is no type of IP address"),
        // Forms that are near a right one.
        Case("42 scale -4", "Nodes cannot be removed from chat"),
        Case("42 scale + 4", "`+` is not a number"),
        Case("42 scale 'to' 12", "`to` is not a number"),
        Case("42 ssh-keys set add 13", "`add` names nothing"),
        Case("42 scale forty", "`forty` is not a number"),
        Case("42 scale_cluster additional_nodes='4", "`'4` is not a number"),
        Case(#"42 update_ssh_keys ssh_key_ids=11 "12 13""#, "`12 13` is not a number"),
        Case("approve all", "`all` is not a number"),
        Case("approve # 17", "`#` is not a number"),
        Case("deny 'why not'", "`why not` is not a number"),
        // Texts that are no words at all.
        Case("42 scale 4 --reason \"more", "not closed"),
        Case("list \u{202E}", "U+202E"),
        Case(String(repeating: "x", count: 4001), "longer than 4000 bytes"),
    ]

    @Test(arguments: cases) func theProblemIsNamed(_ one: Case) {
        let wrong = #expect(throws: WrongInput.self) { try Samples.grammar.understand(one.text) }
        #expect(wrong?.problem.contains(one.problem) == true, "\(wrong?.problem ?? "")")
    }

    /// What has to be chosen is shown.
    @Test(
        arguments: [
            ("42", nil), ("#42", nil), ("42 image", "image"), ("42 image?", "image"),
            ("42 ssh-keys", "ssh-keys"), ("42 keys", "ssh-keys"), ("42 ssh-keys add", "ssh-keys add"),
            ("42 keys set", "ssh-keys set"), ("42 ssh-keys remove", "ssh-keys remove"), ("42 ip", "ip"),
            ("42 ip attach", "ip attach"),
            ("prod-train ip detach", "ip detach"), ("42 sg", "sg"), ("42 sg add", "sg add"),
            ("42 security-groups", "sg"), ("image prod-train", "image"), ("keys of 42", "ssh-keys"),
        ] as [(String, String?)]
    )
    func whatHasToBeChosenIsShown(_ typed: String, _ verb: String?) throws {
        #expect(try Samples.grammar.understand(typed) == .incomplete(Samples.prod, verb: verb))
    }

    /// Without a number it is asked which change is meant.
    @Test(arguments: ["approve", "deny", "cancel", "confirm", "show", "resolve"])
    func whichChangeIsMeantIsShown(_ word: String) throws {
        for typed in [word, "\(word)?", "\(word.uppercased()) please", "/cluster \(word).", "please \(word)"] {
            #expect(try Samples.grammar.understand(typed) == .whichChange(word), "\(typed)")
        }
        #expect(try Samples.grammar.understand("withdraw") == .whichChange("cancel"))
    }

    /// A name stands for a number where a list gives one; it is never one of our own words or a slip of a number.
    @Test func namesStandForNumbers() throws {
        for (typed, arguments) in [
            ("42 image v3-slurm", ["named": .string("v3-slurm")]),
            ("42 ssh-keys amy-laptop 12", ["set": .array([.string("amy-laptop"), .int(12)])]),
            ("42 ssh-keys add 'amy laptop' and ci", ["add": .array([.string("amy laptop"), .string("ci")])]),
            ("42 ip attach 203.0.113.9", ["named": .string("203.0.113.9")]),
            ("42 ip detach 203.0.113.9 reserved", ["named": .string("203.0.113.9"), "ip_type": .string("reserved")]),
            ("42 sg add jupyter, 4", ["named": .array([.string("jupyter"), .int(4)])]),
            ("42 sg remove jupyter", ["named": .string("jupyter")]),
        ] as [(String, [String: JSONValue])] {
            guard case .change(let asked) = try Samples.grammar.understand(typed) else {
                Issue.record("\(typed)")
                continue
            }
            #expect(asked.arguments == arguments, "\(typed)")
            #expect(try Samples.grammar.understand(asked.commandLine) == .change(asked), "\(asked.commandLine)")
        }
        // The number in front of names is theirs as well as a cluster's.
        for typed in ["sg add 42 web", "image 42 ubuntu", "ssh-keys remove 42 amy-laptop"] {
            #expect(throws: WrongInput.self, "\(typed)") { try Samples.grammar.understand(typed) }
        }
        for typed in ["42 image to", "42 image 7x", "42 sg add 3 by", "42 ip attach 203.0.113"] {
            #expect(throws: WrongInput.self, "\(typed)") { try Samples.grammar.understand(typed) }
        }
    }

    @Test(arguments: cases, GrammarKind.allCases) func theExampleIsRight(_ one: Case, _ kind: GrammarKind) throws {
        let grammar = kind.grammar
        do throws(WrongInput) {
            _ = try grammar.understand(one.text)
        } catch {
            #expect(throws: Never.self, "\(error.example)") { try grammar.understand(error.example) }
        }
    }

    @Test func theExampleForAQuestionIsAQuestionAndNoChange() throws {
        for text in [
            "why", "why 42", "why 42 scale", "why 42 ip", "why 42 destroy", "why 42 scale 4 --force",
            "why 42 restart_cluster x",
        ] {
            let wrong = try #require(throws: WrongInput.self) { try Samples.grammar.understand(text) }
            guard case .command(is Why) = try Samples.grammar.understand(wrong.example) else {
                Issue.record("\(text): \(wrong.example)")
                continue
            }
        }
        for text in ["who", "who can approve", "who can approve 42", "who can approve 42 scale_cluster"] {
            let wrong = try #require(throws: WrongInput.self) { try Samples.grammar.understand(text) }
            guard case .command(is WhoCanApprove) = try Samples.grammar.understand(wrong.example) else {
                Issue.record("\(text): \(wrong.example)")
                continue
            }
        }
    }

    @Test func theExampleSpeaksOfTheClusterThatWasMeant() throws {
        let wrong = try #require(throws: WrongInput.self) { try Samples.grammar.understand("dev-train image 7x") }
        #expect(wrong.example == "43 image 77")
        let inAPISpelling = try #require(throws: WrongInput.self) {
            try Samples.grammar.understand("dev-train update_image")
        }
        #expect(inAPISpelling.example == "43 update_image image_version_id=4")
    }
}

/// Grammars over several configurations.
enum GrammarKind: CaseIterable, Sendable {
    case usual, otherIds, severalTypes, otherType, noClusters

    var grammar: Grammar {
        switch self {
        case .usual: Samples.grammar
        case .otherIds:
            Grammar(clusters: [Cluster(id: 7, name: "prod-train", project: "vision")], ipTypes: ["reserved"])
        case .severalTypes: Grammar(clusters: Samples.clusters, ipTypes: ["addon", "reserved"])
        case .otherType: Grammar(clusters: Samples.clusters, ipTypes: ["Public-v4"])
        case .noClusters: Grammar(clusters: [], ipTypes: ["reserved"])
        }
    }
}
