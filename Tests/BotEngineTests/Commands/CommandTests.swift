import BotCore
import Testing

/// The commands besides the actions.
struct CommandTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let command: Understood

        init(_ text: String, _ command: Understood) {
            self.text = text
            self.command = command
        }

        var testDescription: String { text }
    }

    private static let restart = AskedChange(cluster: Samples.prod, action: "restart_cluster", arguments: [:])

    static let cases: [Case] = [
        Case("", .help(topic: nil)),
        Case("  \t\n , ,", .help(topic: nil)),
        Case("help", .help(topic: nil)),
        Case("HELP scale", .help(topic: "scale")),
        Case("help ssh-keys add", .help(topic: "ssh-keys add")),
        Case("list", .list),
        Case("List,", .list),
        Case("pending", .pending),
        Case("whoami", .whoami),
        Case("version", .version),
        Case("approve 17", .approve(change: 17, comment: nil, digest: nil)),
        Case("approve #17", .approve(change: 17, comment: nil, digest: nil)),
        Case("APPROVE #17 Looks good, Amy", .approve(change: 17, comment: "Looks good, Amy", digest: nil)),
        Case(#"approve 17 "Looks good, Amy""#, .approve(change: 17, comment: "Looks good, Amy", digest: nil)),
        Case(#"approve 17 """#, .approve(change: 17, comment: nil, digest: nil)),
        Case(#"approve 17 "  ""#, .approve(change: 17, comment: nil, digest: nil)),
        Case(#"approve 17 "this" and "that""#, .approve(change: 17, comment: #""this" and "that""#, digest: nil)),
        Case("deny 17 not now", .deny(change: 17, reason: "not now")),
        Case("deny #17, don't", .deny(change: 17, reason: "don't")),
        Case("deny 17 'not now'", .deny(change: 17, reason: "not now")),
        Case("deny 17 it is  wide", .deny(change: 17, reason: "it is  wide")),
        Case("cancel 17", .cancel(change: 17)),
        Case("cancel #17", .cancel(change: 17)),
        Case("confirm #17", .confirm(change: 17, digest: nil)),
        Case(
            "resolve 17 succeeded 12 nodes are there",
            .resolve(change: 17, succeeded: true, reason: "12 nodes are there")
        ),
        Case("resolve #17 FAILED 'still 8'", .resolve(change: 17, succeeded: false, reason: "still 8")),
        Case("show 17", .show(change: 17)),
        Case("show #2147483647", .show(change: 2_147_483_647)),
        Case("42 status", .status(cluster: Samples.prod)),
        Case("dev-train Status", .status(cluster: Samples.dev)),
        Case("42 history", .history(cluster: Samples.prod, count: 10)),
        Case("dev-TRAIN history 50", .history(cluster: Samples.dev, count: 50)),
        Case("history", .history(cluster: nil, count: 10)),
        Case("history 1", .history(cluster: nil, count: 1)),
        Case("why 42 restart cluster", .why(restart)),
        Case("WHY prod-train restart_cluster", .why(restart)),
        Case("who can approve 42 restart cluster", .whoCanApprove(restart)),
        Case("Who CAN approve 42 Restart Cluster", .whoCanApprove(restart)),
    ]

    @Test(arguments: cases) func isUnderstood(_ one: Case) throws {
        #expect(try Samples.grammar.understand(one.text) == one.command)
    }

    @Test func aReasonIsKeptAsItWasUnderstood() throws {
        #expect(try Samples.asked("42 scale 4 --reason room").reason == "room")
        #expect(try Samples.asked(#"42 scale 4 --reason "  Äpfel, it's — done  ""#).reason == "Äpfel, it's — done")
        #expect(try Samples.asked(#"42 scale 4 --reason "--plan""#).reason == "--plan")
        #expect(try Samples.asked(#"42 scale 4 --reason "--plan""#).planOnly == false)
        #expect(try Samples.asked("42 scale 4").reason == nil)
    }

    @Test func aNameOfDigitsInAnotherScriptIsNoCluster() {
        #expect(throws: WrongInput.self) { try Samples.grammar.understand("\u{FF14}\u{FF12} status") }
        #expect(throws: WrongInput.self) { try Samples.grammar.understand("042 status") }
    }

    @Test(arguments: [
        "again", "undo 17", "emergency 42", "review", "42 undo",
    ])
    func whatIsToComeLaterIsSaidToBeNotSupportedYet(_ text: String) {
        let wrong = #expect(throws: WrongInput.self) { try Samples.grammar.understand(text) }
        #expect(wrong?.problem.contains("not supported yet") == true)
    }
}
