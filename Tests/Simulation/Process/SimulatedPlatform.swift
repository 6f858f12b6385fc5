import BotCore

/// The way from one process to the simulated chat platform.
struct SimulatedPlatform: ChatPlatform {
    let life: Life

    private var world: World { life.world }

    var historyChannel: Channel? { world.hasHistoryChannel ? .log : nil }

    func features(in channel: Channel) -> ChatFeatures {
        ChatFeatures(edits: channel != .guests, buttons: true, privateAnswers: true, pace: .seconds(1))
    }

    func link(to id: String, in channel: Channel) async -> PostLink? { nil }

    func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String {
        try await go(to: address.channel)
        defer { life.channelsInUse.remove(address.channel) }
        let id = world.rooms.post(message, in: address.channel, from: life)
        if world.happens(.postedThenError) {
            throw .transient("The answer did not come.")
        }
        life.cross(.afterPost)
        try isAlive()
        return id
    }

    func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem) {
        try await go(to: address.channel)
        defer { life.channelsInUse.remove(address.channel) }
        // Not by the late call of a process that lost the store: what somebody removes when all was shown stays removed.
        if world.happens(.messageGone), life.number == world.lives { world.rooms.remove(id) }
        if features(in: address.channel).edits {
            guard world.rooms.update(id, message, from: life) else {
                world.checker.turnWasLost(in: address.channel)
                throw .messageGone
            }
        } else {
            _ = world.rooms.post(message, in: address.channel, from: life)
        }
        if world.happens(.postedThenError) { throw .transient("The answer did not come.") }
        life.cross(.afterPost)
        try isAlive()
    }

    func remove(id: String, at address: PostAddress) async throws(ChatProblem) {
        try await go(to: address.channel)
        defer { life.channelsInUse.remove(address.channel) }
        world.rooms.remove(id)
        life.cross(.afterPost)
        try isAlive()
    }

    func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem) {
        life.cross(.beforeTell)
        try isAlive()
        if world.happens(.tellFails) { throw .transient("Nobody is there.") }
        world.rooms.tell(account, message, in: address.channel)
    }

    /// What can happen on the way to a channel. Whoever gets there has it for itself.
    private func go(to channel: Channel) async throws(ChatProblem) {
        try isAlive()
        world.checker.expect(
            life.channelsInUse.insert(channel).inserted,
            "two messages are on their way to \(channel.id) at once"
        )
        do {
            try await mayFail(on: channel)
        } catch {
            life.channelsInUse.remove(channel)
            world.checker.turnWasLost(in: channel)
            throw error
        }
    }

    private func mayFail(on channel: Channel) async throws(ChatProblem) {
        life.cross(.beforePost)
        do {
            try await life.wait(
                world.happens(.chatSlow)
                    ? world.random.between(100, 10_000).milliseconds : world.random.below(100.milliseconds)
            )
        } catch {
            throw .transient("The call was broken off.")
        }
        if world.happens(.channelGone) { world.rooms.close(channel) }
        if world.happens(.chatDown) { world.rooms.goDown(for: world.random.between(1, 90).seconds) }
        if world.rooms.isDown { throw .transient("503") }
        if world.rooms.isClosed(channel) { throw .cannotPostHere("Invite the bot.") }
        if world.happens(.rateLimited) { throw .rateLimited(.seconds(world.random.between(1, 30))) }
        if world.happens(.platformRefuses) { throw .permanent("invalid_blocks") }
    }

    private func isAlive() throws(ChatProblem) {
        do { try life.check() } catch { throw .transient("The process is over.") }
    }
}

extension SimulatedPlatform: HeadReader {
    func heads(in channel: Channel, after place: String?, since: Timestamp) async throws(ReadBackProblem) -> ReadBack {
        do {
            try life.check()
            try await life.wait(life.world.random.below(500.milliseconds))
            try life.check()
        } catch {
            throw .noAnswer("The process is over.")
        }
        if life.world.rooms.isDown || life.world.happens(.readingBackFails) { throw .noAnswer("503") }
        let first = place.flatMap { Int($0.dropFirst()) } ?? 0
        let own = life.world.rooms.posts.dropFirst(first).filter { post in
            post.channel == channel && !post.isGone && post.versions.count == 1 && post.versions[0].head != nil
        }
        return ReadBack(heads: own.compactMap(\.versions[0].head), place: own.last?.id ?? place)
    }
}
