import BotCore

/// Wants messages, in the transaction that gives cause for them.
extension ChangeRecorder {
    /// The time for which an edit waits that only shows progress. Most changes have their outcome by then, and every
    /// call counts against the platform's rate limit.
    static let progressWaits = Duration.milliseconds(300)
    /// By how much earlier than it was wanted a message counts that says that an outcome is unknown: it comes before
    /// whatever else its requester is to hear in the channel.
    private static let unknownComesEarlier = Duration.seconds(3600)
    /// The time for which a change that needs people may be prepared without a word in the conversation.
    static let looksWithin = Duration.seconds(3)

    /// Wants the change's card, and its copies, to show it as it is now. A change that waits for its plan has no card yet:
    /// if that takes long, a line stands there before it.
    /// - Parameter isNew: whether it certainly has no message yet.
    func show(_ change: Change, isNew: Bool = false) throws {
        let posts = isNew ? [] : try writer.posts(of: change.id)
        // A request that was refused at once gets no message in the conversation: its requester is told in the reply.
        let isOnlyTold = posts.allSatisfy { $0.place.entry != nil }
        if isOnlyTold, change.state == .refused, change.replaces == nil { return }
        for var copy in posts where copy.place.isCopy {
            copy.begin()
            copy.wanted = change.revision
            if copy.tries == 0 { copy.nextTry = now }
            try writer.save(copy)
        }
        var looking = posts.first { $0.place == .looking }
        let card = posts.first { $0.place == .conversation }
        if card == nil, change.state == .preparing, !change.needsNobody {
            if looking == nil { try want(.looking, of: change, in: change.channel, at: now + Self.looksWithin) }
            return
        }
        if var line = looking, line.posted == 0 {
            line.posted = line.wanted
            try writer.save(line)
            looking = line
        }
        var post = card ?? self.post(.conversation, about: change, in: change.channel)
        if change.state == .pending, !post.showsPlan, post.messageID != nil, looking == nil {
            // What stands there so far tells nobody that they are asked: the card is a new message, and replaces it.
            var line = self.post(.looking, about: change, in: post.channel)
            (line.messageID, line.posted) = (post.messageID, line.wanted)
            try writer.save(line)
            (post.messageID, post.posted) = (nil, 0)
        }
        try save(post, showing: change)
    }

    private func save(_ post: Post, showing change: Change) throws {
        var post = post
        let waitsAlready = post.posted < post.wanted
        post.begin()
        let now = due(change)
        post.wanted = change.revision
        if post.tries > 0, change.state.isMilestone {
            // The channel refused messages before. What somebody must act on or waits for is tried at once all the
            // same, and told elsewhere if need be.
            post.nextTry = min(post.nextTry, now)
        } else if post.tries == 0 {
            let mayWait = post.messageID != nil && [.ready, .sending].contains(change.state)
            let latest = mayWait ? now + Self.progressWaits : now
            // A post that waits already does not begin to wait anew.
            post.nextTry = waitsAlready ? min(post.nextTry, latest) : latest
        }
        try writer.save(post)
    }

    /// Wants new messages about how a change ended, or that its outcome is unknown: in the history channel, and in the
    /// conversation, where it calls whoever asked. While there is no card the card itself does that.
    func announceEnd(_ head: HistoryHead, of change: Change) throws {
        let card = try writer.post(change: change.id, place: .conversation)
        let isShown = card.map { $0.posted > 0 && $0.channel == change.channel } ?? false
        try announce(head, of: change, inConversation: isShown)
    }

    /// Wants new messages about an entry. Where the history channel is the conversation's own, it gets one.
    func announce(
        _ head: HistoryHead,
        of change: Change,
        inConversation: Bool = true,
        inHistory: Bool = true
    ) throws {
        let history = historyChannels[change.channel.platform]
        if inHistory, let history { try want(.history(seq: head.seq), of: change, in: history, at: due(change)) }
        if inConversation, history != change.channel {
            try want(.notice(seq: head.seq), of: change, in: change.channel, at: due(change))
        }
    }

    /// The moment from which on a message about a change is due that is wanted now.
    private func due(_ change: Change) -> Timestamp {
        change.state == .unknown ? now + (.zero - Self.unknownComesEarlier) : now
    }

    /// Wants new messages about an entry that is about no change: in a channel, and in the platform's history channel.
    func announce(_ head: HistoryHead, by actor: Actor, in channel: Channel) throws {
        let history = historyChannels[channel.platform]
        for (place, channel) in [(Post.Place.history(seq: head.seq), history), (.notice(seq: head.seq), channel)] {
            guard let channel, place == .history(seq: head.seq) || channel != history else { continue }
            try writer.save(
                Post(change: nil, place: place, channel: channel, asker: actor.key, wanted: 1, nextTry: now)
            )
        }
    }

    /// Wants a new message about an entry that is about the whole store, in the first history channel.
    func announce(_ head: HistoryHead, by actor: Actor) throws {
        guard let channel = historyChannels.min(by: { $0.key < $1.key })?.value else { return }
        try writer.save(
            Post(
                change: nil,
                place: .history(seq: head.seq),
                channel: channel,
                asker: actor.key,
                wanted: 1,
                nextTry: now
            )
        )
    }

    /// Wants a message about a change, unless it was wanted before.
    func want(_ place: Post.Place, of change: Change, in channel: Channel, at moment: Timestamp? = nil) throws {
        guard try writer.post(change: change.id, place: place) == nil else { return }
        var post = post(place, about: change, in: channel)
        post.nextTry = moment ?? now
        if place.isCopy { post.wanted = change.revision }
        try writer.save(post)
    }

    private func post(_ place: Post.Place, about change: Change, in channel: Channel) -> Post {
        Post(
            change: change.id,
            place: place,
            channel: channel,
            asker: change.requester.key,
            wanted: place == .conversation ? 0 : 1,
            nextTry: now
        )
    }
}

extension Post {
    /// Forgets the failed tries of what is no longer wanted, where nothing else was.
    fileprivate mutating func begin() { if posted >= wanted { tries = 0 } }
}

extension Post.Place {
    /// Whether it is a copy of the card.
    var isCopy: Bool { if case .copy = self { true } else { false } }
}
