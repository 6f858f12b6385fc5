import BotCore
import TestSupport

/// Clusters that are followed until they run again: each for the change that was sent to it last, and each following ends once.
extension Checker {
    func checkFollowings(_ transaction: Disk.Transaction) {
        for following in transaction.state.allFollowings {
            guard let change = transaction.state.change(following.change), let record = records[change.id],
                let sent = record.sendingAt
            else { return fail("\(following.cluster) is followed for #\(following.change), which was not sent") }
            expect(
                change.cluster.id == following.cluster && change.state == .succeeded,
                "\(following.cluster) is followed for #\(change.id), which is \(change.state) on \(change.cluster.id)"
            )
            expect(!record.isFollowed, "\(following.cluster) is followed for #\(change.id) although that has ended")
            for other in transaction.state.changes
            where other.cluster.id == following.cluster && other.spec?.isFollowed == true {
                guard let later = records[other.id]?.sendingAt, later > sent else { continue }
                fail("\(following.cluster) is followed for #\(change.id) although #\(other.id) was sent to it since")
            }
        }
    }

    /// A change is sent to a cluster: what was followed there before has ended by that.
    func endsFollowing(_ change: Change, _ transaction: Disk.Transaction) {
        let last = transaction.state.changes.filter { $0.cluster.id == change.cluster.id && $0.id != change.id }
            .max { records[$0.id]?.sendingAt ?? 0 < records[$1.id]?.sendingAt ?? 0 }
        guard let last, last.state == .succeeded, last.spec?.isFollowed == true, last.howKnown == .answer,
            records[last.id]?.isFollowed == false
        else { return }
        world.tally.count("followings: ended by a sending")
    }

    /// An entry says how it went on with a cluster.
    func followed(_ id: Int, _ entry: JSONValue) {
        expect(records[id]?.isFollowed == false, "the following of #\(id) ends a second time")
        records[id]?.isFollowed = true
        guard let cluster = entry["cluster"]?["id"]?.int, let since = records[id]?.endedAt else {
            return fail("#\(id) is followed before it has ended")
        }
        let isSeen = world.cloud.looks[cluster]?.contains { $0 > since } == true
        let isBack = entry["detail"]?["back"]?.bool == true
        expect(isSeen || !isBack, "#\(id) is said to run again, and nobody has looked")
        world.tally.count(isBack ? "followings: it runs" : "followings: it does not run")
    }

    /// At rest nothing is followed longer than it may be.
    func checkNothingIsFollowed() {
        for following in world.disk.state.allFollowings {
            let since = records[following.change]?.endedAt ?? 0
            let age = world.scheduler.uptime - since
            expect(
                age < Self.longestFollowing,
                "\(following.cluster) is followed for #\(following.change) since \(age / 1.minutes) min"
            )
        }
    }

    private static let longestFollowing = 40.minutes
}
