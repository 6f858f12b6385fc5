import Sandbox
import Testing

/// The checker is checked: it finds every kind of harm in evidence that is otherwise good.
@Suite(.timeLimit(.minutes(20)))
struct CrashJudgeTests {
    /// Something that must not be, done to the evidence.
    struct Harm: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What the judge says of it.
        let finding: String
        let inflict: @Sendable (inout SandboxJSON) -> Void
    }

    private static let harms = [
        Harm(testDescription: "a second request", finding: "was sent 2 times") { run in
            run["cloud"] = .array((run["cloud"]?.array ?? []) + (run["cloud"]?.array ?? []))
        },
        Harm(testDescription: "a request of no change", finding: "belongs to 0 changes") { run in
            run.edit("cloud", 0) { $0["body"] = #"{"action":"restart_cluster"}"# }
        },
        Harm(testDescription: "an effect that is not there", finding: "the cloud carried out nothing") { run in
            run.edit("cloud", 0) { $0["applied"] = false }
        },
        Harm(testDescription: "a change that is forgotten", finding: "commands became 0 changes") { run in
            run["list"] = "[]"
        },
        Harm(testDescription: "a verdict without an entry", finding: "but its history ends with") { run in
            run["list"] = .string((run["list"]?.string ?? "").replacing("succeeded", with: "failed"))
        },
        Harm(testDescription: "an entry that was changed", finding: "does not have its hash") { run in
            run["export"] = .string((run["export"]?.string ?? "").replacing("amy", with: "bob"))
        },
        Harm(testDescription: "an entry that was removed", finding: "does not follow the one before") { run in
            let lines = (run["export"]?.string ?? "").split(separator: "\n").map(String.init)
            run["export"] = .string((lines.prefix(1) + lines.dropFirst(2)).joined(separator: "\n"))
        },
        Harm(testDescription: "a result that nobody was told", finding: "never heard what came of") { run in
            run["messages"] = .array((run["messages"]?.array ?? []).filter { $0["channel"] != "C0OPS" })
        },
        Harm(testDescription: "a history channel that is silent", finding: "the history channel never heard") { run in
            run["messages"] = .array((run["messages"]?.array ?? []).filter { $0["channel"] == "C0OPS" })
        },
        Harm(testDescription: "a result that is told over and over", finding: "hears 9 times") { run in
            let results = (run["messages"]?.array ?? []).filter { $0["channel"] == "C0HISTORY" }
            run["messages"] = .array((run["messages"]?.array ?? []) + Array(repeating: results[0], count: 8))
        },
        Harm(testDescription: "a message about nothing", finding: "which the history does not have") { run in
            let message: SandboxJSON = ["channel": "C0OPS", "ts": "1.0", "text": "#1 3:0123456789abcdef"]
            run["messages"] = .array((run["messages"]?.array ?? []) + [message])
        },
        Harm(testDescription: "a message under another's name", finding: "is a message about another change") { run in
            let messages = run["messages"]?.array ?? []
            let index = messages.firstIndex { $0["channel"] == "C0HISTORY" } ?? 0
            run.edit("messages", index) { $0["identity"] = "change-7-entry-3" }
        },
        Harm(testDescription: "a delivery that nobody took", finding: "was never taken") { run in
            run.edit("deliveries", 0) { $0["attempts"] = [] }
        },
        Harm(testDescription: "a delivery that became two changes", finding: "became the changes") { run in
            run.edit("deliveries", 0) { delivery in
                let again: SandboxJSON = ["status": 200, "reply": "#2 I am on it", "life": 2]
                delivery["attempts"] = .array((delivery["attempts"]?.array ?? []) + [again])
            }
        },
        Harm(testDescription: "an answer before the store had it", finding: "deliveries were answered") { run in
            run.edit("deaths", 0) { $0["acknowledged"] = [1, 2, 3] }
        },
        Harm(testDescription: "a point that was not reached", finding: "was not reached") { $0["deaths"] = [] },
        Harm(testDescription: "another point than meant", finding: "the process died at") { run in
            run.edit("deaths", 0) { $0["reached"] = "commitBegins" }
        },
        Harm(testDescription: "another death than meant", finding: "instead of being killed") { run in
            run.edit("deaths", 0) { $0["exit"] = 4 }
        },
        Harm(testDescription: "a death that left something else", finding: "demands something else") { run in
            run["point"] = "C13"
        },
        Harm(testDescription: "an end in disorder", finding: "the last process ended with 1") { $0["exit"] = 1 },
    ]

    @Test func findsEveryHarmAndNoOther() async throws {
        let ask = CrashScenario.Ask("43 scale 1", "scale_cluster")
        let run = try await CrashRun(CrashScenario(point: "C22", .at("outcomeCommitted:1"), [ask]), shim: "")
        let evidence = try await run.evidence()
        let judge = try CrashJudge()
        let sound = try await judge.verdict(on: evidence)
        #expect(sound.problems.isEmpty, "\(sound.problems)")
        for harm in Self.harms {
            var harmed = evidence
            harm.inflict(&harmed)
            let found = try await judge.verdict(on: harmed).problems
            #expect(found.contains { $0.contains(harm.finding) }, "\(harm.testDescription): \(found)")
        }
        withExtendedLifetime(run) {}
    }
}

extension SandboxJSON {
    /// Changes an item of a list.
    fileprivate mutating func edit(_ list: String, _ index: Int, _ change: (inout SandboxJSON) -> Void) {
        guard var items = self[list]?.array, items.indices.contains(index) else { return }
        change(&items[index])
        self[list] = .array(items)
    }
}
