import BotCore
import NIOConcurrencyHelpers
import TestSupport

@testable import BotEngine

/// A chat platform that keeps what it is told, with every edit, and fails as tests want it to.
final class RecordingChat: ChatPlatform, HeadReader {
    struct Posted: Sendable {
        let id: String
        let channel: Channel
        /// The message as posted, and after each edit.
        var versions: [Message]
        let at: Timestamp
        var isGone = false

        var text: String { versions.last?.wholeText ?? "" }
        /// The accounts that it mentioned when it was posted. An edit calls nobody.
        var mentions: Set<Account> { versions.first?.mentions ?? [] }
        /// Whether it is a change's card, and no line about it.
        var isCard: Bool { if case .revision? = versions.first?.identity?.part { true } else { false } }
    }

    struct Told: Sendable {
        let account: Account
        let channel: Channel
        let message: Message

        var text: String { message.wholeText }
    }

    private struct State {
        var posts: [Posted] = []
        var told: [Told] = []
        /// Problems of the next calls that concern a channel.
        var nextProblems: [Channel: [ChatProblem]] = [:]
        /// How many of the next posts to a channel are taken and reported as failed all the same.
        var swallowedAnswers: [Channel: Int] = [:]
        /// The problem of all calls that concern a channel, until it is taken away.
        var problems: [Channel: ChatProblem] = [:]
        /// The problem of all private words, until it is taken away.
        var tellingProblem: ChatProblem?
        var tellingGate: Gate?
        var gates: [Channel: Gate] = [:]
        var readingProblem: ReadBackProblem?
        var readings = 0
        var features = ChatFeatures(edits: true, buttons: true, privateAnswers: true, pace: .seconds(1))
        var calls: [(channel: Channel, at: Timestamp)] = []
        var hasLinks = false
    }

    let historyChannel: Channel?
    private let clock: ManualClock
    private let happenings: EventWaiter<Int>
    private let state = NIOLockedValueBox(State())

    init(historyChannel: Channel?, clock: ManualClock, happenings: EventWaiter<Int>) {
        self.historyChannel = historyChannel
        self.clock = clock
        self.happenings = happenings
    }

    var posts: [Posted] { state.withLockedValue(\.posts) }
    var told: [Told] { state.withLockedValue(\.told) }
    /// Every call of the platform that concerns a channel, failed ones too.
    func calls(_ channel: Channel) -> [Timestamp] {
        state.withLockedValue { $0.calls.filter { $0.channel == channel }.map(\.at) }
    }

    func posts(in channel: Channel) -> [Posted] { posts.filter { $0.channel == channel } }

    func fail(_ channel: Channel, _ problem: ChatProblem?) { state.withLockedValue { $0.problems[channel] = problem } }
    func failNext(_ channel: Channel, _ problems: ChatProblem...) {
        state.withLockedValue { $0.nextProblems[channel, default: []] += problems }
    }
    /// Makes it another platform.
    func have(_ change: (inout ChatFeatures) -> Void) { state.withLockedValue { change(&$0.features) } }
    /// Lets it say where its messages are.
    func haveLinks() { state.withLockedValue { $0.hasLinks = true } }
    /// Holds all private words from now on.
    func holdTelling() -> Gate {
        let gate = Gate()
        state.withLockedValue { $0.tellingGate = gate }
        return gate
    }
    func failTelling(_ problem: ChatProblem?) { state.withLockedValue { $0.tellingProblem = problem } }
    func swallowNextAnswers(_ count: Int, _ channel: Channel) {
        state.withLockedValue { $0.swallowedAnswers[channel] = count }
    }
    func hold(_ channel: Channel) -> Gate {
        let gate = Gate()
        state.withLockedValue { $0.gates[channel] = gate }
        return gate
    }
    /// Makes all readings of channels fail until it is taken away.
    func failReading(_ problem: ReadBackProblem?) { state.withLockedValue { $0.readingProblem = problem } }
    /// How often a channel was read back.
    var readings: Int { state.withLockedValue(\.readings) }
    /// Puts a post into a channel as a process with another copy of the store does.
    func plant(_ head: ToldHead, in channel: Channel) {
        var message = Message("planted")
        message.head = head
        state.withLockedValue { state in
            state.posts.append(
                Posted(id: "m\(state.posts.count + 1)", channel: channel, versions: [message], at: clock.now)
            )
        }
    }
    func openAllGates() {
        let gates = state.withLockedValue { Array($0.gates.values) + [$0.tellingGate].compactMap(\.self) }
        for gate in gates { gate.open() }
    }
    func remove(_ id: String) {
        state.withLockedValue { state in
            for index in state.posts.indices where state.posts[index].id == id { state.posts[index].isGone = true }
        }
    }

    // MARK: ChatPlatform

    func features(in channel: Channel) -> ChatFeatures { state.withLockedValue(\.features) }

    func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String {
        try await come(to: address.channel)
        let (id, isSwallowed) = state.withLockedValue { state in
            let id = "m\(state.posts.count + 1)"
            state.posts.append(Posted(id: id, channel: address.channel, versions: [message], at: clock.now))
            let left = state.swallowedAnswers[address.channel] ?? 0
            state.swallowedAnswers[address.channel] = max(0, left - 1)
            return (id, left > 0)
        }
        happenings.update { $0 += 1 }
        if isSwallowed { throw .transient("no answer came in time") }
        return id
    }

    func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem) {
        try await come(to: address.channel)
        let isThere = state.withLockedValue { state in
            guard let index = state.posts.firstIndex(where: { $0.id == id }), !state.posts[index].isGone else {
                return false
            }
            state.posts[index].versions.append(message)
            return true
        }
        happenings.update { $0 += 1 }
        if !isThere { throw .messageGone }
    }

    func remove(id: String, at address: PostAddress) async throws(ChatProblem) {
        try await come(to: address.channel)
        state.withLockedValue { state in
            for index in state.posts.indices where state.posts[index].id == id { state.posts[index].isGone = true }
        }
        happenings.update { $0 += 1 }
    }

    func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem) {
        await state.withLockedValue(\.tellingGate)?.pass()
        if let problem = state.withLockedValue(\.tellingProblem) { throw problem }
        state.withLockedValue { state in
            state.told.append(Told(account: account, channel: address.channel, message: message))
        }
        happenings.update { $0 += 1 }
    }

    func link(to id: String, in channel: Channel) async -> PostLink? {
        state.withLockedValue(\.hasLinks) ? PostLink("https://chat.example/\(channel.id)/\(id)") : nil
    }

    // MARK: HeadReader

    func heads(in channel: Channel, after place: String?, since: Timestamp) async throws(ReadBackProblem) -> ReadBack {
        let answer: Result<ReadBack, ReadBackProblem> = state.withLockedValue { state in
            state.readings += 1
            if let problem = state.readingProblem { return .failure(problem) }
            let first = place.flatMap { Int($0.dropFirst()) } ?? 0
            let posts = state.posts.dropFirst(first).filter { $0.channel == channel && !$0.isGone }
            let own = posts.filter { $0.versions.count == 1 && $0.versions[0].head != nil }
            return .success(ReadBack(heads: own.compactMap(\.versions[0].head), place: own.last?.id ?? place))
        }
        happenings.update { $0 += 1 }
        return try answer.get()
    }

    private func come(to channel: Channel) async throws(ChatProblem) {
        let (gate, problem) = state.withLockedValue { state in
            state.calls.append((channel, clock.now))
            var problem = state.problems[channel]
            if let next = state.nextProblems[channel], !next.isEmpty {
                problem = next[0]
                state.nextProblems[channel]?.removeFirst()
            }
            return (state.gates[channel], problem)
        }
        happenings.update { $0 += 1 }
        await gate?.pass()
        if let problem { throw problem }
    }
}

extension Message {
    /// The accounts that its text mentions.
    var mentions: Set<Account> {
        blocks.reduce(into: []) { all, block in
            if case .text(let text) = block { all.formUnion(text.mentions) }
        }
    }

    /// All that a reader sees, one line a block, with the labels of the buttons in brackets.
    var wholeText: String {
        guard !blocks.isEmpty else { return summary.plain }
        return blocks.map { block in
            switch block {
            case .heading(let text): "# \(text)"
            case .text(let text), .note(let text): text.plain
            case .facts(let facts): facts.map { "\($0.name): \($0.value.plain)" }.joined(separator: "\n")
            case .quote(let text): "> \(text)"
            case .buttons(let buttons): buttons.map { "[\($0.label)]" }.joined(separator: " ")
            case .offers(let lines): lines.map { "(\($0.label))" }.joined(separator: " ")
            }
        }.joined(separator: "\n")
    }

    var buttons: [Button] {
        blocks.flatMap { block -> [Button] in if case .buttons(let buttons) = block { buttons } else { [] } }
    }

    func button(_ kind: Button.Kind) -> Button? {
        for case .buttons(let buttons) in blocks {
            if let found = buttons.first(where: { $0.kind == kind }) { return found }
        }
        return nil
    }
}

extension Reply {
    /// All that its reader sees.
    var text: String { message?.wholeText ?? "" }
}
