import BotCore

/// What a store holds, as a value. A transaction works on a copy of it, so taking it back is forgetting the copy.
package struct MemoryState: Sendable {
    /// What a post is found by.
    struct PostKey: Hashable, Comparable, Sendable {
        let change: Int
        let place: Int
        let key: String

        init(_ change: Int?, _ place: Post.Place) {
            self.change = change ?? 0
            (self.place, key) =
                switch place {
                case .conversation: (0, "")
                case .history(let seq): (1, "\(seq)")
                case .notice(let seq): (2, "\(seq)")
                case .looking: (3, "")
                case .copy(let channel): (4, channel.description)
                case .reminder(let channel): (5, channel.description)
                }
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.change, left.place, left.key) < (right.change, right.place, right.key)
        }
    }

    struct Delivery: Sendable {
        let answer: String
        let at: Timestamp
    }

    /// By number, ascending.
    package private(set) var changes: [Change] = []
    /// The numbers of those that have not come to their end, ascending: what the engine asks for all the time.
    private(set) var open: [Int] = []
    package internal(set) var approvals: [Int: [Approval]] = [:]
    package internal(set) var intents: [Int: Intent] = [:]
    package internal(set) var history: [ChainedEntry] = []
    private(set) var posts: [PostKey: Post] = [:]
    /// In which order they were first stored.
    private(set) var postNumbers: [PostKey: Int] = [:]
    /// The posts that show less than is wanted.
    private(set) var waiting: [PostKey] = []
    struct ChatWaitKey: Hashable, Sendable {
        let method: ChatMethod
        let channel: Channel
    }

    var chatWaits: [ChatWaitKey: ChatWait] = [:]
    var deliveries: [String: Delivery] = [:]
    var offers: [String: Offer] = [:]
    var followings: [Int: Following] = [:]
    var readyOrder = 0
    /// Which opening of the store this is.
    package var fence = 0
    /// Why nothing may be sent.
    package var hold: StoreHold?
    package var identity = StoreIdentity(id: String(repeating: "5", count: 32), madeAt: Timestamp(seconds: 0))
    /// Whether it may have been put back.
    package var isSuspect = false
    /// The places up to which channels fit.
    package internal(set) var compared: [Channel: String] = [:]
    /// The history channels of the process before.
    var historyChannels: [Channel]?
    /// The heads that hold it no more.
    package internal(set) var released: Set<HistoryHead> = []
    /// By the cluster's id.
    package internal(set) var locks: [Int: ClusterLock] = [:]
    /// All that were ever typed.
    var freezeNumber = 0
    package internal(set) var freezes: [Freeze] = []
    var toldFreezes: [ToldFreeze] = []

    package init() {}

    package func change(_ id: Int) -> Change? { place(of: id).map { changes[$0] } }

    package var head: HistoryHead { history.last?.head ?? .start }

    /// The clusters that are followed, by id.
    package var allFollowings: [Following] { followings.values.sorted { $0.cluster < $1.cluster } }

    /// All posts, by change and place.
    package var allPosts: [Post] { posts.sorted { $0.key < $1.key }.map(\.value) }

    /// The key of a delivery with the answer that is remembered for it.
    package func answer(toDelivery key: String) -> String? { deliveries[key]?.answer }

    private func place(of id: Int) -> Int? {
        // Nearly always the numbers have no gaps.
        if changes.indices.contains(id - 1), changes[id - 1].id == id { return id - 1 }
        return changes.firstIndex { $0.id == id }
    }

    mutating func insert(_ change: Change) {
        let index = changes.lastIndex { $0.id < change.id }.map { $0 + 1 } ?? 0
        changes.insert(change, at: index)
        if !change.state.isEnd { open.insert(change.id, at: open.lastIndex { $0 < change.id }.map { $0 + 1 } ?? 0) }
    }

    mutating func update(_ change: Change) {
        guard let index = place(of: change.id) else { return }
        changes[index] = change
        if change.state.isEnd { open.removeAll { $0 == change.id } }
    }

    mutating func save(_ post: Post) {
        let key = PostKey(post.change, post.place)
        posts[key] = post
        if postNumbers[key] == nil { postNumbers[key] = postNumbers.count + 1 }
        let isWaiting = waiting.contains(key)
        if post.posted < post.wanted, !isWaiting { waiting.append(key) }
        if post.posted >= post.wanted, isWaiting { waiting.removeAll { $0 == key } }
    }

    /// The posts that show less than is wanted, in the order in which they are tried.
    var waitingInTurn: [Post] {
        waiting.compactMap { key in
            posts[key].map { (order: ($0.nextTry, key.change, postNumbers[key] ?? 0), post: $0) }
        }
        .sorted { $0.order < $1.order }.map(\.post)
    }

    mutating func endBackoffs(in channel: Channel?, at now: Timestamp) {
        for key in waiting {
            guard var post = posts[key], post.tries > 0, channel.map({ $0 == post.channel }) ?? true else { continue }
            post.tries = 0
            post.nextTry = min(post.nextTry, now)
            posts[key] = post
        }
    }

    /// The changes in these states, by number.
    func changes(in states: Set<ChangeState>) -> [Change] {
        guard states.contains(where: \.isEnd) else {
            return open.compactMap { change($0) }.filter { states.contains($0.state) }
        }
        return changes.filter { states.contains($0.state) }
    }
}

extension MemoryState {
    /// The change that a delivery opened, by the answer that is remembered for it.
    package func opened(by key: String) -> Int? {
        answer(toDelivery: key).flatMap { try? JSONValue(parsing: $0)["opened"]?.int }
    }
}
