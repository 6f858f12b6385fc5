import BotCore
import BotStore
import Testing

@testable import BotEngine

extension EngineHarness {
    /// What must hold after every scenario, whatever happened in it.
    func checkWhatMustAlwaysHold() async throws {
        guard case .intact = try await HistoryVerifier(file).verify() else {
            Issue.record("the history's chain is broken")
            return
        }
        let entries = try await file.read { try $0.history(from: 1, limit: 10_000) }
        for change in try await changes() {
            try checkFold(change, entries)
            try await checkSendings(change)
        }
        for (cluster, most) in clusters.now.mostUnderWay where most > 1 {
            Issue.record("\(most) sendings at once to cluster \(cluster)")
        }
        if let log = chat.historyChannel {
            for post in chat.posts(in: log) where !post.isCard && post.versions.count > 1 {
                Issue.record("a message in the history channel was edited: \(post.text)")
            }
        }
    }

    /// The state of a change is what its entries come to, and its result is recorded where it says.
    private func checkFold(_ change: Change, _ entries: [ChainedEntry]) throws {
        var state = ChangeState.preparing
        var howKnown: String?
        for entry in entries {
            let document = try JSONValue(parsing: entry.entry)
            guard document["change"]?.int == change.id else { continue }
            let told = document["detail"]?["state"]?.string
            if let told { state = try #require(ChangeState(rawValue: told)) }
            howKnown = document["detail"]?["how_known"]?.string ?? howKnown
            if entry.seq == change.recorded?.seq { #expect(entry.hash == change.recorded?.hash) }
        }
        // What nobody has to agree to becomes ready without an entry: nobody decided anything.
        let isSilentStep = state == .preparing && change.state == .ready && change.validUntil == nil
        #expect(state == change.state || isSilentStep, "#\(change.id) is \(change.state), its entries say \(state)")
        #expect(howKnown == change.howKnown?.rawValue)
        if change.state.isEnd || change.state == .unknown { #expect(change.recorded != nil) }
    }

    /// One sending at most, only after its intent, and none for what ended without one.
    private func checkSendings(_ change: Change) async throws {
        let sendings = sendings(change.id)
        let intent = try await intent(change.id)
        #expect(sendings.count <= 1, "#\(change.id) was sent \(sendings.count) times")
        for sending in sendings {
            #expect(sha256Hex(sending.body) == intent?.bodyDigest)
            #expect(sending.body == change.plan?.call.body)
        }
        switch change.state {
        case .refused, .denied, .cancelled, .expired, .superseded, .preparing, .pending, .ready:
            #expect(sendings.isEmpty, "#\(change.id) is \(change.state) and was sent")
            #expect(intent == nil)
        case .succeeded where change.howKnown == .answer, .failed where change.howKnown == .answer:
            #expect(sendings.count == 1)
        default: break
        }
    }
}
