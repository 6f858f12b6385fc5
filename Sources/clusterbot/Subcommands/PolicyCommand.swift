import ArgumentParser
import BotConfiguration
import BotCore
import ConfigurationTree

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Try the policy before it is in force: explain one decision, or test a table of them.",
        subcommands: [Explain.self, Test.self, Prove.self, Replay.self]
    )

    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain what would be decided on a line, by which rule, and who could approve.",
            discussion: """
                For example: clusterbot policy explain --as amy --in ops "42 restart cluster"

                Nothing is looked up: a platform's user groups count as empty unless given with --groups. Exit code 0 \
                whatever is decided.
                """
        )

        @OptionGroup var options: ConfigurationOption
        @Option(name: .customLong("as"), help: "Who asks: a person of the configuration, or an account.")
        var somebody: String
        @Option(name: .customLong("in"), help: "Where: a channel of the configuration, or one in full.")
        var channel: String?
        @Option(help: ArgumentHelp("Groups that the person is in besides.", valueName: "leads,oncall"))
        var groups: String?
        @Flag(help: "Print {decision, rule, needs, approvals, approvers, floors, reason, fix} as JSON.") var json =
            false
        @Argument(help: "The line, as it would be typed in chat behind the command's word.") var line: String

        func run() throws {
            let trial = PolicyTrial(try options.load(readsSecrets: false, warn: { _ in }))
            let groups = (groups ?? "").split(separator: ",").map { String($0.drop { $0 == " " }) }
            let decided = try trial.explain(line, as: somebody, in: channel, groups: groups)
            print(json ? decided.json.canonical : TerminalText.line(decided.sentence))
            if !json, let note = trial.note { print(TerminalText.line(note)) }
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a table of decisions; prints each that does not hold, with what was decided and why.",
            discussion: """
                The file is a list of cases:

                  - {as: amy, in: ops, say: "42 restart cluster", expect: approvals, rule: NAME}

                `expect` is none, confirmation, approvals or refused; `in`, `groups` and `rule` may be left out. \
                config/policy-cases.yaml is a sample. Exit code 0 if all hold, else 1.
                """
        )

        @OptionGroup var options: ConfigurationOption
        @Argument(help: ArgumentHelp("The file.", valueName: "CASES.yaml")) var file: String
        @Flag(help: "Print {passed, failed, cases} as JSON.") var json = false

        func run() throws {
            let trial = PolicyTrial(try options.load(readsSecrets: false, warn: { _ in }))
            let verdicts = try cases().map { one -> PolicyVerdict in
                do {
                    let decided = try trial.explain(one.line, as: one.somebody, in: one.channel, groups: one.groups)
                    return PolicyVerdict(tried: one, found: .decided(decided))
                } catch let problem as UsageProblem {
                    return PolicyVerdict(tried: one, found: .notAsked("\(problem)"))
                }
            }
            let failed = verdicts.filter { !$0.holds }
            if json {
                let counts: [String: JSONValue] = [
                    "passed": .int(verdicts.count - failed.count), "failed": .int(failed.count),
                    "cases": .array(verdicts.map(\.json)),
                ]
                print(JSONValue.object(counts).canonical)
            } else {
                for verdict in failed { print(TerminalText.line("\(place(verdict.tried)): \(verdict.sentence)")) }
                print("\(verdicts.count - failed.count) of \(verdicts.count) cases hold")
            }
            if !failed.isEmpty { throw ExitCode(1) }
        }

        private func cases() throws -> [PolicyCase] {
            do {
                return try PolicyCaseReader.cases(at: file)
            } catch {
                for problem in error.problems { StandardError.write("\(problem)") }
                throw ExitCode(1)
            }
        }

        private func place(_ one: PolicyCase) -> String { "\(file):\(one.place.line):\(one.place.column)" }
    }

    struct Prove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prove properties of the policy (not supported yet).")
        @Argument(parsing: .allUnrecognized) var arguments: [String] = []

        func run() throws {
            throw UsageProblem("`policy prove` is not supported yet. `policy test` checks a table of decisions.")
        }
    }

    struct Replay: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what another policy would have decided about the history (not supported yet)."
        )
        @Argument(parsing: .allUnrecognized) var arguments: [String] = []

        func run() throws {
            throw UsageProblem("`policy replay` is not supported yet. `policy test` checks a table of decisions.")
        }
    }
}
