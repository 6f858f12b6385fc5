import BotCore
import BotEngine
import Testing

/// Lines as people paste and phones type them: what stands around a command, and dashes inside of names.
struct PastedLineTests {
    struct Line: Sendable {
        let typed: String
        let meant: String
    }

    static let same = [
        Line(typed: "`42 status`", meant: "42 status"), Line(typed: "```\n42 status\n```", meant: "42 status"),
        Line(typed: "/cluster 42 status", meant: "42 status"), Line(typed: "`/cluster 42 status`", meant: "42 status"),
        Line(typed: "/CLUSTER `42 status`.", meant: "42 status"), Line(typed: "/cluster", meant: "help"),
        Line(typed: "`approve 3 ok!`", meant: "approve 3 ok"), Line(typed: "42 status.", meant: "42 status"),
        Line(typed: "42 restart workers!", meant: "42 restart workers"),
        Line(typed: "42 scale 4. ", meant: "42 scale 4"),
        Line(typed: "approve 3.", meant: "approve 3"), Line(typed: "42 status please", meant: "42 status"),
        Line(typed: "please 42 status", meant: "42 status"),
        Line(typed: "42 please scale 4, thanks!", meant: "42 scale 4"),
        Line(typed: "cancel 17 please", meant: "cancel 17"),
        Line(typed: "Please, approve please 3 thanks", meant: "approve 3"),
        Line(typed: "42 sg add 3 4 please", meant: "42 sg add 3 4"),
        Line(typed: "history 20 please", meant: "history 20"),
        Line(typed: "prod\u{2011}train status", meant: "prod-train status"),
        Line(typed: "dev\u{2013}train status", meant: "dev-train status"),
        Line(typed: "PROD\u{2010}Train scale 4", meant: "42 scale 4"),
        Line(typed: "prod\u{2212}train ssh\u{2011}keys add 13", meant: "42 ssh-keys add 13"),
        Line(typed: "\"prod\u{2014}train\" status", meant: "42 status"),
        Line(typed: "42\u{3164}scale\u{2800}4", meant: "42 scale 4"),
        Line(typed: "42 scale \u{FE0F}4", meant: "42 scale 4"),
        Line(typed: "why /cluster", meant: "why /cluster"),
    ]

    @Test(arguments: same) func isUnderstoodAsItWasMeant(_ line: Line) throws {
        guard let meant = try? Samples.grammar.understand(line.meant) else {
            #expect(throws: WrongInput.self) { try Samples.grammar.understand(line.typed) }
            return
        }
        #expect(try Samples.grammar.understand(line.typed) == meant, "\(line.typed)")
    }

    @Test func anotherCommandWordIsTheConfiguredOne() throws {
        let grammar = Grammar(clusters: Samples.clusters, ipTypes: ["reserved"], commandWords: "/gpu")
        #expect(try grammar.understand("/gpu list") == .list)
        #expect(throws: WrongInput.self) { try grammar.understand("/cluster list") }
    }

    @Test(arguments: [
        "42 scale 4..", "42 scale 4.5", "42 scale 4!!", "42 scale 1,000", "42 scale 4\u{2013}8", "42 scale \u{2212}4",
        "42 scale \u{FF14}", "42 scale \u{664}", "42 scale 4\u{FE0F}\u{20E3}", "\u{FF14}\u{FF12} status",
        "approve \u{FF13}",
        "42 scale 4?", "42 status now please", "`42 status", "/clusters list", "/ cluster list",
    ]) func whatIsNoMoreThanNearIsWrong(_ text: String) {
        #expect(throws: WrongInput.self) { try Samples.grammar.understand(text) }
    }

    @Test(arguments: [
        ("dev_train scale 2", "Dev-Train scale 2"), ("prod-trian scale 4", "prod-train scale 4"),
        ("42 sclae 4", "42 scale 4"),
        ("42 retsart cluster", "42 restart cluster"), ("aprove 3", "approve 3"),
        ("42 imgae 77 --plan", "42 image 77 --plan"),
    ]) func aNearMissIsAnErrorThatShowsTheRightLine(_ typed: String, _ right: String) {
        let wrong = #expect(throws: WrongInput.self) { try Samples.grammar.understand(typed) }
        #expect(wrong?.example == right)
    }

    @Test func aClusterMayBeCalledPlease() throws {
        let grammar = Grammar(clusters: [Cluster(id: 5, name: "please", project: "p")], ipTypes: ["reserved"])
        #expect(
            try grammar.understand("please status") == .status(cluster: Cluster(id: 5, name: "please", project: "p"))
        )
    }
}
