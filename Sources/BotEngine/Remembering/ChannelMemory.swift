import BotCore
import Logging
import NIOConcurrencyHelpers

/// Reads the history channels back, and holds the store if one of them knows more than the store: then it was put back, or a
/// copy of it goes on elsewhere, and what the store shows as open may long have been done.
///
/// Nothing is sent until they were read at the start. They are read again while the service runs, because a copy may be
/// started later and a machine may be put back with all that it had in its memory.
struct ChannelMemory: Sendable {
    let context: EngineContext

    /// The longest wait for an answer at the start.
    static let longest = Duration.seconds(60)
    /// The time from one reading to the next.
    static let every = Duration.seconds(300)
    /// The time before the next try where there was no answer.
    static let againAfter = Duration.seconds(60)
    private static let shortestPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(15)

    /// What came of reading a channel.
    private enum Outcome: Hashable {
        case compared
        /// The platform does not let the bot read there. The sentence says what to do.
        case off(String)
        case noAnswer(Silence)
    }

    /// Why a channel is not known.
    private struct Silence: Hashable {
        let reason: String
        /// The time for which the platform asked to wait.
        var pause = Duration.zero
        /// Whether the platform answered, so that asking again at once shows nothing else.
        var isAnswer = false
    }

    /// Reads the channels until the service ends.
    func run() async {
        var isAnswered = await begin()
        while !context.comparing.isClosed, !Task.isCancelled {
            await context.comparing.wait(atMost: isAnswered ? Self.every : Self.againAfter, clock: context.clock)
            guard !context.comparing.isClosed, !Task.isCancelled else { return }
            let silence = await look(until: context.clock.uptime + Self.longest)
            if let silence, isAnswered { warn(of: silence) }
            if silence == nil, !isAnswered { context.logger.notice("the history channel answers again") }
            isAnswered = silence == nil
            if isAnswered { await pass() }
        }
    }

    /// Lets ``run()`` end, and whoever waits in ``waitUntilPassed()``.
    func finish() {
        context.comparing.close()
        context.mayBegin.close()
    }

    /// Returns when changes may be sent as far as the channels are concerned.
    /// - Returns: false if the service ends before.
    func waitUntilPassed() async -> Bool {
        while !context.mayBegin.isClosed, !Task.isCancelled {
            if context.channelStanding == .isPassed { return true }
            await context.mayBegin.wait(atMost: Self.every, clock: context.clock)
        }
        return false
    }

    /// Reads the channels once more, for somebody who lets a held store go on.
    /// - Parameter limit: the longest time that it may take.
    /// - Returns: whether all that can be read were read.
    func refresh(within limit: Duration) async -> Bool { await look(until: context.clock.uptime + limit) == nil }

    /// Lets changes be sent as far as the channels are concerned.
    func pass() async {
        guard context.channelStanding != .isPassed else { return }
        try? await context.store.write { if try $0.isSuspect() { try $0.setSuspect(false) } }
        context.channelStanding = .isPassed
        context.mayBegin.ring()
        context.ringAll()
    }

    /// - Returns: whether all channels are known.
    private func begin() async -> Bool {
        let deadline = context.clock.uptime + Self.longest
        var pause = Self.shortestPause
        while true {
            guard let silence = await look(until: deadline) else {
                await pass()
                return true
            }
            let left = deadline - context.clock.uptime
            let next = max(pause, silence.pause)
            if left > .zero, !silence.isAnswer {
                await context.comparing.wait(atMost: min(next, left), clock: context.clock)
            }
            if context.comparing.isClosed || Task.isCancelled { return false }
            guard next < left, !silence.isAnswer else {
                await goOn(without: silence)
                return false
            }
            pause = min(pause * 2, Self.longestPause)
        }
    }

    private func goOn(without silence: Silence) async {
        let isSuspect = (try? await context.store.read { try $0.isSuspect() }) ?? true
        guard isSuspect else {
            warn(of: silence)
            return await pass()
        }
        context.logger.critical(
            "nothing is sent before the history channel was read back",
            metadata: ["problem": "\(silence.reason)"]
        )
        context.awaitChannels(
            "Nothing is sent yet: the store's file or its marker is not the one of before, and the history channel, which "
                + "would tell whether it was put back, cannot be read. \(silence.reason) I ask again each minute. Or "
                + "somebody with the right `release` compares it with the clusters and types: "
                + "`clusterbot release --reason …`"
        )
    }

    private func warn(of silence: Silence) {
        context.logger.warning(
            "the history channel does not answer: nobody knows whether the store was put back",
            metadata: ["problem": "\(silence.reason)"]
        )
    }

    /// Reads and compares every history channel.
    /// - Returns: why one of them is not known; nil if all are, or cannot be.
    private func look(until deadline: Duration) async -> Silence? {
        var silence: Silence?
        for (name, platform) in context.platforms.sorted(by: { $0.key < $1.key }) {
            guard let channel = platform.historyChannel else { continue }
            switch await outcome(of: channel, name, until: deadline) {
            case .compared: context.unreadChannels.withLockedValue { $0[channel] = nil }
            case .off(let reason): tell(reason, of: channel)
            case .noAnswer(let reason): silence = silence ?? reason
            }
        }
        if context.platforms.values.allSatisfy({ $0.historyChannel == nil }) {
            tell("no `history_channel` is configured", of: nil)
        }
        return silence
    }

    /// Says once that a channel cannot be read back.
    private func tell(_ reason: String, of channel: Channel?) {
        let isNew = context.unreadChannels.withLockedValue { told in
            defer { told[channel] = reason }
            return told[channel] != reason
        }
        guard isNew else { return }
        context.logger.warning(
            "no history channel is read back: a store that is put back together with its marker is not noticed",
            metadata: ["channel": "\(channel.map(\.description) ?? "none")", "reason": "\(reason)"]
        )
    }

    private func outcome(of channel: Channel, _ platform: String, until deadline: Duration) async -> Outcome {
        guard let reader = context.headReaders[platform] else { return .off("it cannot be read on this platform") }
        do {
            let now = context.clock.now
            let (place, since) = try await context.store.read { store in
                (try store.comparedPlace(in: channel), try store.identity().toldSince(at: now))
            }
            let limit = deadline - context.clock.uptime
            let answer = await context.clock.within(limit) { () async -> Result<ReadBack, ReadBackProblem> in
                do throws(ReadBackProblem) {
                    return .success(try await reader.heads(in: channel, after: place, since: since))
                } catch {
                    return .failure(error)
                }
            }
            switch answer {
            case .success(let readBack):
                try await compare(readBack, of: channel)
                return .compared
            case .failure(.notAllowed(let sentence)): return .off(sentence)
            case .failure(.unusable(let sentence)): return .noAnswer(.init(reason: sentence, isAnswer: true))
            case .failure(let problem):
                var silence = Silence(reason: problem.sentence)
                if case .rateLimited(let pause) = problem { silence.pause = pause }
                return .noAnswer(silence)
            case nil: return .noAnswer(.init(reason: "It was not read within \(limit.spoken)."))
            }
        } catch {
            return .noAnswer(.init(reason: "\(error)"))
        }
    }

    /// Holds the store if the channel knows more; else remembers how far it fits.
    private func compare(_ readBack: ReadBack, of channel: Channel) async throws {
        let hold = try await context.store.write { writer -> StoreHold? in
            let comparison = try ChannelComparison(readBack, of: channel, with: writer)
            guard let fork = comparison.fork else {
                if let place = readBack.place, try writer.comparedPlace(in: channel) != place {
                    try writer.setComparedPlace(place, in: channel)
                }
                return nil
            }
            let before = try writer.hold()
            guard before?.fork != fork else { return nil }
            let recorder = context.recorder(writer)
            let hold = StoreHold(
                remembered: before?.remembered ?? fork.head,
                found: try writer.historyHead(),
                noticedAt: recorder.now,
                fork: fork
            )
            try writer.save(hold)
            if before == nil { try RestoredStore(hold: hold, recorder: recorder).void() }
            return hold
        }
        guard let hold else { return }
        context.logger.critical("nothing is sent", metadata: ["reason": "\(hold.sentence)"])
        context.ringAll()
    }
}
