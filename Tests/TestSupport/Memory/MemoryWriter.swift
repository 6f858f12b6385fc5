import BotCore

/// One step of a transaction, for whoever watches what is stored.
package enum MemoryStep: Sendable {
    case inserted(Change)
    case updated(from: Change, to: Change)
    case decided(Approval)
    case intended(Intent)
    case ended(from: Intent, to: Intent)
    case chained(ChainedEntry)
    case posted(from: Post?, to: Post)
    case answered(delivery: String, answer: String)
}

/// One transaction on a copy of what is stored. It refuses what the tables of the SQLite store refuse.
package final class MemoryWriter: StoreWriter, MemoryReading {
    package private(set) var state: MemoryState
    package private(set) var steps: [MemoryStep] = []
    /// To be done once it is stored.
    package private(set) var effects: [@Sendable () -> Void] = []
    private let salt: () -> String
    private let failure: () throws -> Void

    /// - Parameters:
    ///   - salt: gives 32 hexadecimal digits for each text.
    ///   - failure: called before every step and every answer; throws where the store shall fail.
    package init(_ state: MemoryState, salt: @escaping () -> String, failure: @escaping () throws -> Void = {}) {
        self.state = state
        self.salt = salt
        self.failure = failure
    }

    package func whenStored(_ effect: @escaping @Sendable () -> Void) { effects.append(effect) }

    package func touch() throws { try failure() }

    package func fence() throws -> Int {
        try touch()
        return state.fence
    }

    package func save(_ hold: StoreHold) throws {
        try touch()
        guard let first = state.hold else { return state.hold = hold }
        state.hold = StoreHold(
            remembered: first.remembered,
            found: first.found,
            noticedAt: first.noticedAt,
            fork: hold.fork ?? first.fork
        )
    }

    package func endHold() throws {
        try touch()
        state.released.formUnion([state.hold?.remembered, state.hold?.fork?.head].compactMap(\.self))
        state.hold = nil
    }

    package func setSuspect(_ isSuspect: Bool) throws {
        try touch()
        state.isSuspect = isSuspect
    }

    package func setHistoryChannels(_ channels: [Channel]) throws {
        try touch()
        state.historyChannels = channels.sorted { $0.description < $1.description }
    }

    package func setComparedPlace(_ place: String, in channel: Channel) throws {
        try touch()
        state.compared[channel] = place
    }

    package func nextChangeID() throws -> Int {
        try touch()
        return (state.changes.last?.id ?? 0) + 1
    }

    package func insert(_ change: Change) throws {
        try touch()
        guard change.id >= 1, change.revision >= 1, state.change(change.id) == nil,
            change.replaces.map({ state.change($0) != nil }) ?? true
        else { throw conflict("change #\(change.id)") }
        state.insert(change)
        steps.append(.inserted(change))
    }

    package func update(_ change: Change) throws {
        try touch()
        guard let old = state.change(change.id), old.revision <= change.revision else {
            throw conflict("change #\(change.id)")
        }
        // As the triggers have it.
        guard old.state == change.state || old.state.mayBecome(change.state) else {
            throw conflict("a change cannot move like that")
        }
        if change.state == .sending, old.state != .sending,
            state.changes(in: [.sending]).contains(where: { $0.cluster.id == old.cluster.id })
        {
            throw conflict("a second change that is being sent to one cluster")
        }
        state.update(change)
        steps.append(.updated(from: old, to: change))
    }

    package func nextReadyOrder() throws -> Int {
        try touch()
        state.readyOrder += 1
        return state.readyOrder
    }

    package func insert(_ approval: Approval) throws -> Bool {
        try touch()
        let actor = approval.actor
        guard actor.person != nil || actor.account != nil, state.change(approval.change) != nil else {
            throw conflict("a decision on #\(approval.change)")
        }
        let taken = (state.approvals[approval.change] ?? []).contains { other in
            if let account = actor.account, account == other.actor.account { return true }
            guard let person = actor.person else { return false }
            return person == other.actor.person
        }
        guard !taken else { return false }
        state.approvals[approval.change, default: []].append(approval)
        steps.append(.decided(approval))
        return true
    }

    package func insert(_ intent: Intent) throws {
        try touch()
        guard state.change(intent.change) != nil, state.intents[intent.change] == nil else {
            throw conflict("the intent of #\(intent.change)")
        }
        state.intents[intent.change] = intent
        steps.append(.intended(intent))
    }

    package func update(_ intent: Intent) throws {
        try touch()
        guard var stored = state.intents[intent.change] else { throw conflict("the intent of #\(intent.change)") }
        let old = stored
        stored.endedAt = intent.endedAt
        stored.evidence = intent.evidence
        state.intents[intent.change] = stored
        steps.append(.ended(from: old, to: stored))
    }

    @discardableResult
    package func append(_ entry: HistoryEntry) throws -> HistoryHead {
        try touch()
        let chained = ChainedEntry(entry, after: state.head, salt: salt)
        state.history.append(chained)
        steps.append(.chained(chained))
        return chained.head
    }

    package func save(_ post: Post) throws {
        try touch()
        if let change = post.change, state.change(change) == nil { throw conflict("a post of #\(change)") }
        let old = state.posts[.init(post.change, post.place)]
        state.save(post)
        steps.append(.posted(from: old, to: post))
    }

    package func endBackoffs(in channel: Channel?, at now: Timestamp) throws {
        try touch()
        state.endBackoffs(in: channel, at: now)
    }

    package func save(_ wait: ChatWait) throws {
        try touch()
        state.chatWaits[.init(method: wait.method, channel: wait.channel)] = wait
    }

    package func forgetChatWaits(until now: Timestamp) throws {
        try touch()
        state.chatWaits = state.chatWaits.filter { $0.value.until > now }
    }

    package func save(_ following: Following) throws {
        try touch()
        state.followings[following.cluster] = following
    }

    package func endFollowing(of cluster: Int) throws {
        try touch()
        state.followings[cluster] = nil
    }

    package func insert(_ offer: Offer) throws {
        try touch()
        guard state.offers[offer.handle] == nil else { throw conflict("offer \(offer.handle)") }
        state.offers[offer.handle] = offer
    }

    package func forgetOffers(madeBefore moment: Timestamp) throws {
        try touch()
        state.offers = state.offers.filter { $0.value.madeAt >= moment }
    }

    package func save(_ lock: ClusterLock) throws {
        try touch()
        state.locks[lock.cluster.id] = lock
    }

    package func endLock(on cluster: Int) throws {
        try touch()
        state.locks[cluster] = nil
    }

    package func nextFreezeNumber() throws -> Int {
        try touch()
        return state.freezeNumber + 1
    }

    package func insert(_ freeze: Freeze) throws {
        try touch()
        guard let number = Freeze.number(in: freeze.name), number > state.freezeNumber, freeze.source != .configuration
        else { throw conflict("the freeze \(freeze.name)") }
        state.freezeNumber = number
        state.freezes.append(freeze)
    }

    package func endFreeze(_ name: String, at now: Timestamp) throws {
        try touch()
        state.freezes.removeAll { $0.name == name }
    }

    package func forget(_ told: ToldFreeze) throws {
        try touch()
        state.toldFreezes.removeAll { $0.name == told.name && $0.from == told.from && $0.until == told.until }
    }

    package func save(_ told: ToldFreeze) throws {
        try touch()
        state.toldFreezes.removeAll { $0.name == told.name && $0.from == told.from && $0.until == told.until }
        state.toldFreezes.append(told)
    }

    package func markCounted(_ people: Set<String>, change: Int) throws {
        try touch()
        for index in (state.approvals[change] ?? []).indices {
            let actor = state.approvals[change]?[index].actor
            guard let name = actor?.person ?? actor?.account?.description, people.contains(name) else { continue }
            state.approvals[change]?[index].counted = true
        }
    }

    package func remember(delivery key: String, answer: String, at: Timestamp) throws {
        try touch()
        guard state.deliveries[key] == nil else { throw conflict("delivery \(key)") }
        state.deliveries[key] = .init(answer: answer, at: at)
        steps.append(.answered(delivery: key, answer: answer))
    }

    package func forgetDeliveries(olderThan moment: Timestamp, limit: Int) throws -> Int {
        try touch()
        let old = state.deliveries.filter { $0.value.at < moment }
            .sorted { ($0.value.at, $0.key) < ($1.value.at, $1.key) }.prefix(max(0, limit))
        for (key, _) in old { state.deliveries[key] = nil }
        return old.count
    }

    private func conflict(_ what: String) -> StoreError {
        StoreError(.conflict, "The store does not take \(what): it contradicts what it holds.")
    }
}
