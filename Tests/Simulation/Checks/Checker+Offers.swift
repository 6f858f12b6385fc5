import BotCore
import TestSupport

/// Offers, held by what was on the screens: one comes to one change at most, for whom it was made, never after its time, and to
/// what it said.
extension Checker {
    /// What a transaction opened for a click on an offer.
    func checkOffers(_ transaction: Disk.Transaction) {
        for step in transaction.steps {
            guard case .inserted(let change) = step, change.replaces == nil else { continue }
            guard let handle = offer(taken: transaction) else { continue }
            took(handle, change)
        }
    }

    /// Whether a change was refused to somebody who clicked an offer, which is not used up by that.
    func isRefusedOffer(_ change: Change, _ transaction: Disk.Transaction) -> Bool {
        guard transaction.state.change(change.id)?.state == .refused, let account = change.requester.account else {
            return false
        }
        return world.crowd.deliveries.values.contains { delivery in
            if case .offer = delivery.kind { delivery.account == account } else { false }
        }
    }

    /// The offer for which a transaction was run, by whatever it remembers of it.
    private func offer(taken transaction: Disk.Transaction) -> String? {
        for step in transaction.steps {
            guard case .answered(let key, _) = step else { continue }
            if key.hasPrefix("offer:") { return String(key.dropFirst("offer:".count)) }
            if case .offer(let handle)? = world.crowd.deliveries[key]?.kind { return handle }
        }
        return nil
    }

    private func took(_ handle: String, _ change: Change) {
        guard let offer = world.crowd.offer(handle) else { return fail("#\(change.id) was never offered") }
        if let earlier = takenOffers.updateValue(change.id, forKey: handle) {
            fail("one offer came to #\(earlier) and #\(change.id)")
        }
        world.tally.count(offer.account == nil ? "offers taken, for everybody" : "offers taken")
        expect(offer.kind == .offer, "#\(change.id) was asked for by leafing through a list")
        let clicks = world.crowd.clicks(on: handle).filter { $0.account == change.requester.account }
        expect(!clicks.isEmpty, "#\(change.id) was offered, and \(change.requester) never clicked")
        if let account = offer.account {
            expect(account == change.requester.account, "#\(change.id) was offered to \(account)")
        }
        let first = (clicks.map(\.at).min() ?? 0) - offer.seenAt
        expect(
            first < Self.offerGoodFor || world.hasClockStepped,
            "#\(change.id) was asked for by an offer that was \(first / 1.seconds) s old"
        )
        if let meaning = offer.meaning {
            let asked = Crowd.Meaning(cluster: change.cluster.id, action: change.action, arguments: change.arguments)
            expect(asked == meaning, "#\(change.id) is not what was offered: \(meaning)")
        }
    }

    static let offerGoodFor = 5.minutes
}
