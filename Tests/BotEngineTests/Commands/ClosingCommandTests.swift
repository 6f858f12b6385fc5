import BotCore
import BotEngine
import Testing

/// What people type to close clusters and to open them.
struct ClosingCommandTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let command: Understood

        init(_ text: String, _ command: any Command) {
            self.text = text
            self.command = .command(command)
        }

        var testDescription: String { text }
    }

    private static let grammar = Grammar(
        clusters: Samples.clusters,
        freezes: ["year end", "year end of sales", "Audit"],
        ipTypes: ["reserved"]
    )

    private static func lock(_ reason: String, _ span: Duration = .seconds(8 * 3600)) -> Lock {
        Lock(cluster: Samples.prod, reason: reason, span: span)
    }

    private static func freeze(_ scope: FreezeScope, _ reason: String, _ span: Duration = .seconds(4 * 3600))
        -> FreezeClusters
    { FreezeClusters(scope: scope, reason: reason, span: span) }

    static let cases: [Case] = [
        Case(#"42 lock "benchmark running""#, lock("benchmark running")),
        Case(#"42 lock "benchmark running" --for 2h"#, lock("benchmark running", .seconds(7200))),
        Case(#"prod-train LOCK --for 2h "benchmark running""#, lock("benchmark running", .seconds(7200))),
        Case("42 lock benchmark", lock("benchmark")),
        Case("42 lock benchmark running on it", lock("benchmark running on it")),
        Case("42 lock --for 30m benchmark running", lock("benchmark running", .seconds(1800))),
        Case("42 lock because the benchmark runs", lock("the benchmark runs")),
        Case("42 lock —for 1d —reason “a b”", lock("a b", .seconds(86_400))),
        Case(#"42 lock "x" --for 1s"#, lock("x", .seconds(1))),
        Case(#"42 lock "x" --for 7d please"#, lock("x", .seconds(7 * 86_400))),
        Case(#"42 lock "x" --for 168H"#, lock("x", .seconds(7 * 86_400))),
        Case("42 lock for 2h because the benchmark runs", lock("the benchmark runs", .seconds(7200))),
        Case(#"42 lock "x" for 2h"#, lock("x", .seconds(7200))),
        Case("42 lock for a while", lock("for a while")),
        Case("42 lock not for long", lock("not for long")),
        Case("42 unlock", Unlock(cluster: Samples.prod)),
        Case("42 unlock.", Unlock(cluster: Samples.prod)),
        Case(#"42 unlock "it is over""#, Unlock(cluster: Samples.prod, reason: "it is over")),
        Case("42 unlock it is over", Unlock(cluster: Samples.prod, reason: "it is over")),
        Case("42 unlock because it is over", Unlock(cluster: Samples.prod, reason: "it is over")),
        Case(#"freeze "release weekend" everything"#, freeze(.everything, "release weekend")),
        Case(#"freeze "release weekend" --for 4h everything"#, freeze(.everything, "release weekend")),
        Case(#"freeze everything "release weekend" --for 2h"#, freeze(.everything, "release weekend", .seconds(7200))),
        Case("freeze everything release weekend", freeze(.everything, "release weekend")),
        Case("freeze everything because of the release", freeze(.everything, "of the release")),
        Case("freeze --for 1h 42 release", freeze(.cluster(Samples.prod), "release", .seconds(3600))),
        Case(#"freeze "release" dev-train"#, freeze(.cluster(Samples.dev), "release")),
        Case(#"freeze "release" env=prod"#, freeze(.label("env", value: "prod"), "release")),
        Case(#"Freeze ENV=Prod "release""#, freeze(.label("env", value: "prod"), "release")),
        Case("unfreeze", Unfreeze(name: nil)),
        Case("unfreeze please", Unfreeze(name: nil)),
        Case("unfreeze F1", Unfreeze(name: "F1")),
        Case("unfreeze f12 the release is out", Unfreeze(name: "F12", reason: "the release is out")),
        Case(#"unfreeze F1 "out""#, Unfreeze(name: "F1", reason: "out")),
        Case(#"unfreeze "year end" "all is calm""#, Unfreeze(name: "year end", reason: "all is calm")),
        Case("unfreeze year end all is calm", Unfreeze(name: "year end", reason: "all is calm")),
        Case("unfreeze Year End because all is calm", Unfreeze(name: "year end", reason: "all is calm")),
        Case("unfreeze year end of sales all is calm", Unfreeze(name: "year end of sales", reason: "all is calm")),
        Case("unfreeze audit", Unfreeze(name: "Audit")),
        Case("unfreeze nothing", Unfreeze(name: "nothing")),
        Case("locks", Locks()),
        Case("freezes", Freezes()),
    ]

    @Test(arguments: cases)
    func isUnderstood(_ one: Case) throws { #expect(try Self.grammar.understand(one.text) == one.command) }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let problem: String
        var right: String?

        init(_ text: String, _ problem: String, _ right: String? = nil) {
            self.text = text
            self.problem = problem
            self.right = right
        }

        var testDescription: String { text }
    }

    static let mistakes: [Wrong] = [
        Wrong("42 lock", "Say why"),
        Wrong(#"42 lock """#, "The reason is empty"),
        Wrong("42 lock because", "The reason is missing"),
        Wrong("42 lock --for 2h", "Say why"),
        Wrong(#"42 lock "x" --for"#, "Behind `--for` stands a time"),
        Wrong(#"42 lock "x" --for 0s"#, "from 1 second to 7 days"),
        Wrong(#"42 lock "x" --for 999ms"#, "from 1 second to 7 days"),
        Wrong(#"42 lock "x" --for 8d"#, "from 1 second to 7 days", #"42 lock "x" --for 7d"#),
        Wrong("42 lock my own words --for 9d", "inside the reason", #"42 lock "my own words" --for 7d"#),
        Wrong(#"42 lock "x" --for 604801s"#, "from 1 second to 7 days"),
        Wrong(#"42 lock "x" --for 2"#, "such as `30m`"),
        Wrong(#"42 lock "x" --for ２h"#, "such as `30m`"),
        Wrong(#"42 lock "x" --for -2h"#, "such as `30m`"),
        Wrong(#"42 lock "x" --for 1h30m"#, "`90m`"),
        Wrong(#"42 lock "x" --for 2 hours"#, "`2h`"),
        Wrong(#"42 lock "x" --for 30 min"#, "`30m`"),
        Wrong(#"42 lock "x" --for 1h --for 2h"#, "`--for` is there twice"),
        Wrong(#"42 lock "x" "y""#, "one word too many"),
        Wrong(#"42 lock "x" until 18:00"#, "one word too many"),
        Wrong(#"42 lock "x" --plan"#, "locking has no plan"),
        Wrong(#"42 lock "x" --at 22:00"#, "not supported yet", #"42 lock "x""#),
        Wrong(
            "42 lock benchmark running --for 2h",
            "`--for` stands inside the reason",
            #"42 lock "benchmark running" --for 2h"#
        ),
        Wrong(
            "42 lock for the --for 2h flag",
            "`--for` stands inside the reason",
            #"42 lock "for the --for 2h flag""#
        ),
        Wrong("42 unlock --for 2h", "no option of this command"),
        Wrong(#"42 unlock "x" y"#, "one word too many"),
        Wrong("freeze", "Say why"),
        Wrong("freeze everything", "Say why", #"freeze "release weekend" everything"#),
        Wrong("freeze 42", "Say why", #"freeze "release weekend" 42"#),
        Wrong("freeze env=prod --for 2h", "Say why", #"freeze "release weekend" --for 2h env=prod"#),
        Wrong("freeze release", "Say what is frozen"),
        Wrong(#"freeze "release""#, "Say what is frozen", #"freeze "release" everything"#),
        Wrong("freeze release everything", "Say what is frozen", #"freeze "release" everything"#),
        Wrong("freeze the release of 42", "Say what is frozen", #"freeze "the release of" 42"#),
        Wrong(
            #"freeze "release" prod-trian"#,
            "There is no cluster or command `prod-trian`",
            #"freeze "release" prod-train"#
        ),
        Wrong(
            #"freeze prod-trian "release""#,
            "There is no cluster or command `prod-trian`",
            #"freeze prod-train "release""#
        ),
        Wrong(#"freeze "release" env=prdo"#, "there is `env=dev`, `env=prod`"),
        Wrong(#"freeze "release" everything 42"#, "one word too many"),
        Wrong(#"freeze "release" everything --for 8d"#, "from 1 second to 7 days"),
        Wrong("lock", "Say first which cluster", #"42 lock "why" --for 2h"#),
        Wrong("lock 42", "Say why", #"42 lock "benchmark running" --for 2h"#),
        Wrong("42 freeze", "`freeze` stands first on the line.", #"freeze "why" --for 4h 42"#),
        Wrong("42 pending", "`pending` stands first on the line.", "pending"),
        Wrong("42 scale 4 --for 2h", "a lock or a freeze lasts"),
        Wrong("locks 42", "one word too many"),
    ]

    @Test(arguments: mistakes)
    func aMistakeIsAnsweredWithALineThatIsRight(_ wrong: Wrong) throws {
        let problem = #expect(throws: WrongInput.self) { try Self.grammar.understand(wrong.text) }
        #expect(problem?.problem.contains(wrong.problem) == true, "\(problem?.problem ?? "")")
        let example = try #require(problem?.example)
        if let right = wrong.right { #expect(example == right) }
        #expect(throws: Never.self) { try Self.grammar.understand(example) }
    }
}
