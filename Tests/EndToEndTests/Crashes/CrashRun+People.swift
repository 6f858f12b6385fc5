import CurlHTTP
import Foundation
import Sandbox
import TestSupport

/// What people and the platform do during a run.
extension CrashRun {
    func act() async throws {
        guard bot?.url != nil, bot?.process.seen.state.exit == nil else { return }
        let slack = await world.slack.state
        let mayHaveCompany = !scenario.companyWaits || !deaths.isEmpty
        if asked < scenario.asks.count, inFlight == 0, asked == 0 || mayHaveCompany {
            let text = scenario.asks[asked].text
            asked += 1
            doing { [world] in try await world.amy("/cluster " + text) }
        }
        for delivery in slack.deliveries where !isDone(delivery) { redeliver(delivery) }
        if scenario.peopleWait, deaths.isEmpty { return }
        for message in slack.messages(in: "C0OPS") {
            for button in message.buttons {
                guard let value = button["value"]?.string, let action = button["action_id"]?.string,
                    action == "confirm" || action == "approve",
                    acted.insert(value).inserted
                else { continue }
                let user = action == "confirm" ? "U0AMY" : "U0BOB"
                doing(orForget: value) { [world] in
                    try await world.slack.click(action, value: value, on: message.ts, in: "C0OPS", as: user)
                }
            }
        }
        for change in try view?.changes() ?? [] where change.state == "unknown" {
            guard CrashScenario.Ask.unprovable.contains(change.action), await world.cloud.isIdle,
                acted.insert("resolve \(change.id)").inserted
            else { continue }
            let isApplied = await world.cloud.hasApplied(change.action, on: change.cluster)
            let verdict = "/cluster resolve \(change.id) \(isApplied ? "succeeded" : "failed") I have looked"
            doing { [world] in _ = try await world.slack.send(verdict, as: "U0BOB", in: "C0OPS") }
        }
    }

    func flood() async throws {
        for _ in 0..<scenario.flood where bot?.process.seen.state.exit == nil {
            _ = try await world.slack.send("/cluster 43 scale 1", as: "U0DAVE", in: "C0OPS")
        }
    }

    func isDone(_ delivery: SimulatedSlackDelivery) -> Bool {
        delivery.status == 200 || redelivered[delivery.number]?.contains { $0["status"] == 200 } == true
    }

    /// Sends the same bytes once more, as platforms do.
    func redeliver(_ delivery: SimulatedSlackDelivery) {
        let isUnderWay = delivery.status == nil && delivery.failure == nil
        guard let url = bot?.url, !isUnderWay, acted.insert("deliver \(delivery.number)").inserted else { return }
        let path = URL(string: delivery.url)?.path ?? "/"
        let request = CurlRequest(
            method: .post,
            url: url + path,
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("X-Slack-Request-Timestamp", delivery.timestamp), ("X-Slack-Signature", delivery.signature),
            ],
            body: Array(delivery.body.utf8),
            sending: .single,
            totalTimeout: .seconds(10),
            allowsPlainHTTP: true,
            allowsPrivateAddress: true
        )
        inFlight += 1
        Task {
            let answer = try? await world.transport.execute(request)
            inFlight -= 1
            acted.remove("deliver \(delivery.number)")
            redelivered[delivery.number, default: []].append([
                "status": answer.map { .int($0.status) } ?? .null,
                "reply": .string(answer.map { String(decoding: $0.body, as: UTF8.self) } ?? ""),
                "life": .int(lives),
            ])
        }
    }

    func doing(orForget key: String? = nil, _ body: @escaping @Sendable () async throws -> Void) {
        inFlight += 1
        Task {
            do {
                try await body()
            } catch {
                // Somebody was faster, the button is gone: look again.
                if let key { acted.remove(key) }
            }
            inFlight -= 1
        }
    }
}
