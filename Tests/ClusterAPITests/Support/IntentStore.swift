import BotCore

/// A store that can do one thing: commit an intent. It is what a `SendPermit` cannot be had without.
struct IntentStore: BotStore, StoreWriter {
    struct NotHere: Error {}

    /// Of the one change that is there, about to be sent.
    let body: String

    func write<Result: Sendable>(_ body: @escaping @Sendable (any StoreWriter) throws -> Result) async throws -> Result
    {
        try body(self)
    }
    func read<Result: Sendable>(_ body: @escaping @Sendable (any StoreReader) throws -> Result) async throws -> Result {
        try body(self)
    }

    func insert(_ intent: Intent) throws {}
    let isOwned = true

    func whenStored(_ effect: @escaping @Sendable () -> Void) {}
    func hold() throws -> StoreHold? { throw NotHere() }
    func fence() throws -> Int { throw NotHere() }
    func save(_ hold: StoreHold) throws { throw NotHere() }
    func identity() throws -> StoreIdentity { throw NotHere() }
    func comparedPlace(in channel: Channel) throws -> String? { throw NotHere() }
    func historyChannels() throws -> [Channel]? { throw NotHere() }
    func setHistoryChannels(_ channels: [Channel]) throws { throw NotHere() }
    func isSuspect() throws -> Bool { throw NotHere() }
    func setSuspect(_ isSuspect: Bool) throws { throw NotHere() }
    func isReleased(_ head: HistoryHead) throws -> Bool { throw NotHere() }
    func setComparedPlace(_ place: String, in channel: Channel) throws { throw NotHere() }
    func endHold() throws { throw NotHere() }

    func change(_ id: Int) throws -> Change? {
        let actor = Actor(person: "amy", account: nil, name: "amy")
        var change = Change(
            id: id,
            cluster: Samples.cluster,
            action: "scale_cluster",
            arguments: [:],
            requester: actor,
            channel: Channel(platform: "slack", workspace: "T1", id: "C1"),
            typedAt: Timestamp(seconds: 0),
            createdAt: Timestamp(seconds: 0),
            state: .sending,
            policy: ""
        )
        change.plan = Plan(
            change: id,
            requester: actor,
            call: ClusterCall(method: "PUT", path: "/", query: "", body: body),
            before: [:],
            after: [:],
            effect: "",
            cautions: [],
            expiresAt: nil
        )
        return change
    }
    func changes(in states: Set<ChangeState>) throws -> [Change] { throw NotHere() }
    func changes(cluster: Int, in states: Set<ChangeState>) throws -> [Change] { throw NotHere() }
    func changes(
        cluster: Int,
        action: String,
        arguments: [String: JSONValue],
        waitingOrSince since: Timestamp
    ) throws -> [Change] { throw NotHere() }
    func newestChanges(_ count: Int?) throws -> [Change] { throw NotHere() }
    func approvals(of change: Int) throws -> [Approval] { throw NotHere() }
    func intent(of change: Int) throws -> Intent? { throw NotHere() }
    func newestChanges(_ count: Int, matching filter: ChangeFilter) throws -> [Change] { throw NotHere() }
    func newestHistory(_ count: Int, cluster: Int?) throws -> [ChainedEntry] { throw NotHere() }
    func history(of change: Int) throws -> [ChainedEntry] { throw NotHere() }
    func lastStep(of change: Int) throws -> Timestamp? { throw NotHere() }
    func newestHistoryOfNoChange(_ count: Int, cluster: Int?) throws -> [ChainedEntry] { throw NotHere() }
    func history(from seq: Int, limit: Int) throws -> [ChainedEntry] { throw NotHere() }
    func historyHead() throws -> HistoryHead { throw NotHere() }
    func changesToPrepare(ofEach limit: Int) throws -> [Change] { throw NotHere() }
    func changesDenied(cluster: Int, since: Timestamp) throws -> [Change] { throw NotHere() }
    func openChanges(of asker: String) throws -> Int { throw NotHere() }
    func chatWaits() throws -> [ChatWait] { throw NotHere() }
    func endBackoffs(in channel: Channel?, at now: Timestamp) throws { throw NotHere() }
    func save(_ wait: ChatWait) throws { throw NotHere() }
    func forgetChatWaits(until now: Timestamp) throws { throw NotHere() }
    func markCounted(_ people: Set<String>, change: Int) throws { throw NotHere() }
    func firstReadyChanges() throws -> [Change] { throw NotHere() }
    func changesCalling(at now: Timestamp, limit: Int) throws -> [Int] { throw NotHere() }
    func expiredChanges(at now: Timestamp, limit: Int) throws -> [Int] { throw NotHere() }
    func changesFailedByReading() throws -> [Change] { throw NotHere() }
    func wasSent(after change: Change) throws -> Bool { throw NotHere() }
    func wasSent(to cluster: Int, since: Timestamp) throws -> Bool { throw NotHere() }
    func firstWaitingPosts() throws -> [Post] { throw NotHere() }
    func waitingPosts() throws -> Int { throw NotHere() }
    func oldestWaitingPost() throws -> Timestamp? { throw NotHere() }
    func post(change: Int?, place: Post.Place) throws -> Post? { throw NotHere() }
    func posts(of change: Int) throws -> [Post] { throw NotHere() }
    func answer(toDelivery key: String) throws -> String? { throw NotHere() }
    func offer(_ handle: String) throws -> Offer? { throw NotHere() }
    func offer(toAskAgain change: Int) throws -> Offer? { throw NotHere() }
    func insert(_ offer: Offer) throws { throw NotHere() }
    func followings() throws -> [Following] { throw NotHere() }
    func following(of change: Int) throws -> Following? { throw NotHere() }
    func save(_ following: Following) throws { throw NotHere() }
    func endFollowing(of cluster: Int) throws { throw NotHere() }
    func forgetOffers(madeBefore moment: Timestamp) throws { throw NotHere() }
    func nextChangeID() throws -> Int { throw NotHere() }
    func insert(_ change: Change) throws { throw NotHere() }
    func update(_ change: Change) throws { throw NotHere() }
    func nextReadyOrder() throws -> Int { throw NotHere() }
    func insert(_ approval: Approval) throws -> Bool { throw NotHere() }
    func update(_ intent: Intent) throws { throw NotHere() }
    func append(_ entry: HistoryEntry) throws -> HistoryHead { throw NotHere() }
    func save(_ post: Post) throws { throw NotHere() }
    func lock(on cluster: Int) throws -> ClusterLock? { throw NotHere() }
    func locks() throws -> [ClusterLock] { throw NotHere() }
    func freezes() throws -> [Freeze] { throw NotHere() }
    func toldFreezes() throws -> [ToldFreeze] { throw NotHere() }
    func save(_ lock: ClusterLock) throws { throw NotHere() }
    func endLock(on cluster: Int) throws { throw NotHere() }
    func nextFreezeNumber() throws -> Int { throw NotHere() }
    func insert(_ freeze: Freeze) throws { throw NotHere() }
    func endFreeze(_ name: String, at now: Timestamp) throws { throw NotHere() }
    func save(_ told: ToldFreeze) throws { throw NotHere() }
    func forget(_ told: ToldFreeze) throws { throw NotHere() }
    func remember(delivery key: String, answer: String, at: Timestamp) throws { throw NotHere() }
    func forgetDeliveries(olderThan moment: Timestamp, limit: Int) throws -> Int {
        throw NotHere()
    }
}

/// A permit to send exactly this body.
func permit(for body: String, clock: some BotClock = ManualClock()) async throws -> SendPermit {
    let intent = Intent(
        change: 17,
        bodyDigest: sha256Hex(body),
        before: "{}",
        sendBy: clock.now + SendPermit.sendWithin,
        leaseUntil: clock.now + .seconds(45),
        fence: 1,
        startedAt: clock.now
    )
    guard let permit = try await SendPermit.committing(in: IntentStore(body: body), clock: clock, { _ in intent })
    else {
        throw IntentStore.NotHere()
    }
    return permit
}
