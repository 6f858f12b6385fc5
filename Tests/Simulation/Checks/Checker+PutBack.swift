import BotCore
import TestSupport

/// After an earlier state of the store came back: what was told is not sent again.
extension Checker {
    func wasPutBack(to state: MemoryState, isSnapshot: Bool) {
        let told = world.rooms.posts.filter { $0.channel == .log && !$0.isGone }
        let knowsMore = told.contains { post in
            guard post.versions.count == 1, let told = post.versions[0].head, !told.isHeld else { return false }
            return !state.history.contains { $0.head == told.head }
        }
        let sent = Set(world.cloud.sendings.map(\.change))
        putBack = PutBack(
            isKnown: !isSnapshot || knowsMore,
            told: Set(told.filter { $0.subject.entry != nil }.map(\.subject.change)).intersection(sent)
        )
        if isSnapshot, !knowsMore { world.tally.count("snapshots of which no channel knows") }
    }

    /// A request has left from a store that came back.
    func sentAfterPutBack(_ sending: Cloud.Sending) {
        let id = sending.change
        guard let putBack else { return }
        expect(!putBack.isKnown, "a request left from a store that was put back")
        expect(!putBack.told.contains(id), "#\(id) was sent again although the channel had heard of it")
        if world.cloud.sendings(of: id).count > 1 { world.tally.count("sent again before anybody was told") }
    }

    /// When everybody is silent again: what the store held as open has ended unsent.
    func checkPutBack() {
        guard putBack?.isKnown == true else {
            return expect(world.disk.state.hold == nil, "a store is held of which nothing was lost")
        }
        expect(world.disk.state.hold != nil, "a store that was put back is not held")
        for change in world.disk.state.changes {
            expect(
                change.state.isEnd || change.state == .unknown,
                "#\(change.id) of a store that was put back is \(change.state)"
            )
        }
    }
}
