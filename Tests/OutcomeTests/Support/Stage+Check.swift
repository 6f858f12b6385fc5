import BotCore
import BotStore
import TestSupport
import Testing

extension Stage {
    /// Holds what came of each scenario against what must have come of it: in the store, on the wire and in the channel.
    func check(sent: Int) async throws {
        try await until("every outcome is said") { changes in
            scenarios.allSatisfy { changes[$0.cluster].map(isSaid) ?? false }
        }
        let changes = try await changes()
        let entries = try await store.read { try $0.history(from: 1, limit: 1_000_000) }.map {
            try JSONValue(parsing: $0.entry)
        }
        let entriesByChange = Dictionary(grouping: entries) { $0["change"]?.int ?? 0 }
        for scenario in scenarios {
            let change = try #require(changes[scenario.cluster])
            checkVerdicts(scenario, change, entriesByChange[change.id] ?? [])
            try await checkNotices(scenario, change)
            // One request, which is the planned one and no other.
            let received = world.machines.state[scenario.cluster]?.received ?? []
            let planned = change.plan?.call.body ?? "no plan"
            #expect(received == Array(repeating: planned, count: sent), "\(scenario)")
        }
        guard case .intact = try await HistoryVerifier(store).verify() else {
            Issue.record("the history's chain is broken")
            return
        }
    }

    /// Whether the message in the conversation tells the outcome and ends with its place in the history.
    private func isSaid(_ change: Change) -> Bool {
        guard let text = chat.texts(in: change.channel).first, let place = change.recorded?.short else { return false }
        let outcome = change.outcome.map { RichText(marked: $0).plain } ?? ""
        return text.contains("#\(change.id) ") && text.contains(outcome) && text.hasSuffix(place)
    }

    /// The entries of the history tell the first verdict, the final one if it is another, and what came late.
    private func checkVerdicts(_ scenario: Scenario, _ change: Change, _ entries: [JSONValue]) {
        let results = entries.filter { entry in
            let kind = HistoryEntry.Kind(rawValue: entry["kind"]?.string ?? "")
            return [.succeeded, .failed, .unknown, .settled].contains(kind) && entry["detail"]?["reminder"] == nil
        }
        let verdicts = results.map {
            "\($0["detail"]?["state"]?.string ?? "") (\($0["detail"]?["how_known"]?.string ?? "open"))"
        }
        // A correction repeats the verdict that it corrects: an end is never left.
        let last = [scenario.final, scenario.final].prefix(scenario.isCorrected ? 2 : 1)
        let expected = scenario.final == scenario.first ? [scenario.first] : [scenario.first] + last
        #expect(verdicts == expected.map(\.description), "\(scenario): \(change.outcome ?? "")")
        #expect(results.contains { $0["detail"]?["late_effect"] == .bool(true) } == scenario.isCorrected, "\(scenario)")
        #expect(Verdict(state: change.state, howKnown: change.howKnown) == scenario.final, "\(scenario)")
    }

    /// What an edit would let go unnoticed is said anew: how it ended, or that the outcome is unknown and what it turned out to
    /// be, and that it turned out otherwise.
    private func checkNotices(_ scenario: Scenario, _ change: Change) async throws {
        var expected = [" \(word(scenario.first.state)): "]
        if scenario.final != scenario.first { expected.append(" \(word(scenario.final.state)): ") }
        if scenario.isCorrected { expected.append(" it took effect late.") }
        let count = expected.count
        func notices(_ posts: [Channels.Posted]) -> [String] {
            posts.filter { $0.channel == scenario.channel }.map(\.text).dropFirst()
                .filter { !$0.contains(" still unknown: ") && !$0.contains("⏳") }
                // That the cluster runs again is no verdict.
                .filter { !$0.contains("Running again after") && !$0.contains("It runs after") }
        }
        try await chat.posts.wait(for: "\(count) notices of \(scenario)") { notices($0).count >= count }
        let notices = notices(chat.posts.state)
        #expect(notices.count == count, "\(scenario): \(notices)")
        for (notice, words) in zip(notices, expected) { #expect(notice.contains(words), "\(scenario)") }
    }

    /// What the lines call it.
    private func word(_ state: ChangeState) -> String { state == .succeeded ? "done" : state.rawValue }
}
