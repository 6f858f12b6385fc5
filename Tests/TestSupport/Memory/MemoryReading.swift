import BotCore

/// The questions to a store, answered from a value.
package protocol MemoryReading: StoreReader {
    var state: MemoryState { get }
    /// Called before each answer and each step; throws where the store fails there.
    func touch() throws
}

extension MemoryReading {
    package func change(_ id: Int) throws -> Change? {
        try touch()
        return state.change(id)
    }

    package func changes(in states: Set<ChangeState>) throws -> [Change] {
        try touch()
        return state.changes(in: states)
    }

    package func changes(cluster: Int, in states: Set<ChangeState>) throws -> [Change] {
        try touch()
        return state.changes(in: states).filter { $0.cluster.id == cluster }
    }

    package func changes(
        cluster: Int,
        action: String,
        arguments: [String: JSONValue],
        waitingOrSince since: Timestamp
    ) throws -> [Change] {
        try touch()
        return state.changes.filter { change in
            change.cluster.id == cluster && change.action == action && change.arguments == arguments
                && (change.state == .preparing || change.state == .pending || change.createdAt >= since)
        }
    }

    package func changesToPrepare(ofEach limit: Int) throws -> [Change] {
        try touch()
        let byAsker = Dictionary(grouping: state.changes(in: [.preparing]), by: \.requester.key)
        return byAsker.sorted { $0.key < $1.key }.flatMap { $0.value.prefix(limit) }
    }

    package func changesDenied(cluster: Int, since: Timestamp) throws -> [Change] {
        try touch()
        return state.changes(in: [.denied]).filter { $0.cluster.id == cluster && $0.updatedAt >= since }
            .sorted { $0.updatedAt < $1.updatedAt }
    }

    package func openChanges(of asker: String) throws -> Int {
        try touch()
        return state.changes(in: [.preparing, .pending, .ready]).count { $0.requester.key == asker }
    }

    package func firstReadyChanges() throws -> [Change] {
        try touch()
        let ready = state.changes(in: [.ready]).sorted { ($0.readyOrder ?? 0) < ($1.readyOrder ?? 0) }
        var first: [Change] = []
        for change in ready where !first.contains(where: { $0.cluster.id == change.cluster.id }) {
            first.append(change)
        }
        return first
    }

    package func changesCalling(at now: Timestamp, limit: Int) throws -> [Int] {
        try touch()
        let due = state.changes(in: [.pending]).filter { $0.callsAt.map { $0 <= now } ?? false }
        return Array(due.sorted { ($0.callsAt ?? now) < ($1.callsAt ?? now) }.map(\.id).prefix(limit))
    }

    package func expiredChanges(at now: Timestamp, limit: Int) throws -> [Int] {
        try touch()
        let pending = state.changes(in: [.pending]).filter { $0.expiresAt.map { $0 <= now } ?? false }
        let ready = state.changes(in: [.ready]).filter { $0.validUntil.map { $0 <= now } ?? false }
        return Array((pending + ready).map(\.id).prefix(limit))
    }

    package func changesFailedByReading() throws -> [Change] {
        try touch()
        return state.changes(in: [.failed]).filter { $0.howKnown == .readBack }
    }

    package func wasSent(after change: Change) throws -> Bool {
        try touch()
        return state.changes(in: [.sending, .succeeded, .unknown]).contains { other in
            other.cluster.id == change.cluster.id && (other.readyOrder ?? 0) > (change.readyOrder ?? 0)
        }
    }

    package func wasSent(to cluster: Int, since: Timestamp) throws -> Bool {
        try touch()
        return state.changes(in: [.sending, .succeeded, .unknown]).contains { change in
            change.cluster.id == cluster && (state.intents[change.id].map { $0.startedAt >= since } ?? false)
        }
    }

    package func newestChanges(_ count: Int?) throws -> [Change] {
        try touch()
        return count.map { Array(state.changes.suffix(max(0, $0))) } ?? state.changes
    }

    package func newestChanges(_ count: Int, matching filter: ChangeFilter) throws -> [Change] {
        try touch()
        return Array(state.changes.reversed().lazy.filter(filter.fits).prefix(max(0, count)))
    }

    package func approvals(of change: Int) throws -> [Approval] {
        try touch()
        return state.approvals[change] ?? []
    }

    package func intent(of change: Int) throws -> Intent? {
        try touch()
        return state.intents[change]
    }

    package func newestHistory(_ count: Int, cluster: Int?) throws -> [ChainedEntry] {
        try touch()
        guard let cluster else { return Array(state.history.suffix(max(0, count))) }
        let theirs = try state.history.filter { try JSONValue(parsing: $0.entry)["cluster"]?["id"]?.int == cluster }
        return Array(theirs.suffix(max(0, count)))
    }

    package func history(of change: Int) throws -> [ChainedEntry] {
        try touch()
        return state.history.filter { $0.record?.change == change }
    }

    package func lastStep(of change: Int) throws -> Timestamp? {
        try touch()
        let last = state.history.last { $0.record?.change == change }
        return last?.record.flatMap { Timestamp($0.at) }
    }

    package func newestHistoryOfNoChange(_ count: Int, cluster: Int?) throws -> [ChainedEntry] {
        try touch()
        let none = state.history.filter { entry in
            entry.record?.change == nil && (cluster == nil || entry.record?.cluster?.id == cluster)
        }
        return Array(none.suffix(max(0, count)))
    }

    package func history(from seq: Int, limit: Int) throws -> [ChainedEntry] {
        try touch()
        return Array(state.history.dropFirst(max(1, seq) - 1).prefix(max(0, limit)))
    }

    package func historyHead() throws -> HistoryHead {
        try touch()
        return state.head
    }

    package func firstWaitingPosts() throws -> [Post] {
        try touch()
        var first: [Post] = []
        for post in state.waitingInTurn
        where !first.contains(where: {
            $0.channel == post.channel && ($0.messageID == nil) == (post.messageID == nil) && $0.asker == post.asker
        }) {
            first.append(post)
        }
        return first.sorted {
            ($0.channel.description, $0.messageID == nil ? 0 : 1, $0.asker) < (
                $1.channel.description, $1.messageID == nil ? 0 : 1, $1.asker
            )
        }
    }

    package func followings() throws -> [Following] {
        try touch()
        return state.allFollowings
    }

    package func following(of change: Int) throws -> Following? { try followings().first { $0.change == change } }

    package func offer(_ handle: String) throws -> Offer? {
        try touch()
        return state.offers[handle]
    }

    package func offer(toAskAgain change: Int) throws -> Offer? {
        try touch()
        return state.offers.values.filter { $0.change == change }.max { $0.madeAt < $1.madeAt }
    }

    package func chatWaits() throws -> [ChatWait] {
        try touch()
        return Array(state.chatWaits.values)
    }

    package func waitingPosts() throws -> Int {
        try touch()
        return state.waiting.count
    }

    package func oldestWaitingPost() throws -> Timestamp? {
        try touch()
        return state.waiting.compactMap { state.change($0.change)?.updatedAt }.min()
    }

    package func post(change: Int?, place: Post.Place) throws -> Post? {
        try touch()
        return state.posts[.init(change, place)]
    }

    package func posts(of change: Int) throws -> [Post] {
        try touch()
        return state.posts.filter { $0.key.change == change }
            .sorted { (state.postNumbers[$0.key] ?? 0) < (state.postNumbers[$1.key] ?? 0) }.map(\.value)
    }

    package func lock(on cluster: Int) throws -> ClusterLock? {
        try touch()
        return state.locks[cluster]
    }

    package func locks() throws -> [ClusterLock] {
        try touch()
        return state.locks.sorted { $0.key < $1.key }.map(\.value)
    }

    package func freezes() throws -> [Freeze] {
        try touch()
        return state.freezes
    }

    package func toldFreezes() throws -> [ToldFreeze] {
        try touch()
        return state.toldFreezes
    }

    package func hold() throws -> StoreHold? {
        try touch()
        return state.hold
    }

    package func identity() throws -> StoreIdentity {
        try touch()
        return state.identity
    }

    package func comparedPlace(in channel: Channel) throws -> String? {
        try touch()
        return state.compared[channel]
    }

    package func isSuspect() throws -> Bool {
        try touch()
        return state.isSuspect
    }

    package func historyChannels() throws -> [Channel]? {
        try touch()
        return state.historyChannels
    }

    package func isReleased(_ head: HistoryHead) throws -> Bool {
        try touch()
        return state.released.contains(head)
    }

    package func answer(toDelivery key: String) throws -> String? {
        try touch()
        return state.deliveries[key]?.answer
    }
}

/// Reads a committed state.
package struct MemoryReader: MemoryReading {
    package let state: MemoryState

    package init(_ state: MemoryState) { self.state = state }

    package func touch() {}
}
