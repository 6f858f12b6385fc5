import Sandbox
import Testing

/// F31: the service is asked to end while a change is in each of its states.
@Suite(.timeLimit(.minutes(20)))
struct TerminationTests {
    enum Situation: String, CaseIterable, Sendable {
        case preparing, pending, ready, sending, unknown
        case resultNotPosted = "result not posted"

        /// Whether a change is in this situation now.
        func isThere(_ view: StoreView, _ world: World) async throws -> Bool {
            let states = try view.changes().map(\.state)
            switch self {
            case .preparing, .pending, .unknown: return states.contains(rawValue)
            case .ready: return states == ["sending", "ready"]
            case .sending:
                let sent = await world.cloud.actions.count
                return states == ["sending"] && sent == 1
            case .resultNotPosted: return try states == ["succeeded"] && view.waitingPosts() > 0
            }
        }

        var scenario: CrashScenario {
            let free = CrashScenario.Ask("43 scale 1", "scale_cluster")
            let slow = CloudFault(.delayAfter, method: "PUT", milliseconds: 2000)
            var scenario = CrashScenario(point: "F31", .terminated(in: self), [free])
            switch self {
            case .preparing:
                scenario.slackFaults = [SlackFault(.delayBefore, method: "chat.postMessage", milliseconds: 1500)]
            case .pending:
                scenario.asks = [CrashScenario.Ask("42 restart cluster", "restart_cluster")]
            case .ready:
                scenario.asks.append(CrashScenario.Ask("43 image 90", "update_image"))
                scenario.cloudFaults = [slow]
            case .sending:
                scenario.cloudFaults = [slow]
            case .unknown:
                scenario.asks = [CrashScenario.Ask("43 restart workers", "restart_workers")]
                scenario.cloudFaults = [CloudFault(.dropAfter, method: "PUT")]
            case .resultNotPosted:
                // The first message comes through, and nothing after it.
                scenario.slackFaults = [SlackFault(.errorBefore, times: 100, method: "chat.update")]
            }
            scenario.peopleWait = true
            return scenario
        }
    }

    @Test(arguments: Situation.allCases)
    func endsInTimeAndNothingIsLostOrDoneTwice(amid situation: Situation) async throws {
        let run = try await CrashRun(situation.scenario, shim: "")
        let verdict = try await CrashJudge().verdict(on: try await run.evidence())
        #expect(verdict.problems.isEmpty, "\(verdict.problems.joined(separator: "\n"))")
        withExtendedLifetime(run) {}
    }
}
