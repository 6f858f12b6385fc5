import BotCore
import TestSupport

/// What the channels hear is true, and is said once (I12).
extension Checker {
    func posted(_ post: Rooms.Posted, before earlier: [Rooms.Posted], from life: Life) {
        guard !wasRestored else { return }
        world.tally.count("messages")
        checkTruth(post)
        checkAnnouncement(post)
        checkTurn(post, from: life)
        if earlier.contains(where: { $0.subject == post.subject && $0.channel == post.channel }) {
            world.tally.count("messages said again")
            expect(post.subject.line != "reminder" || !isPunctual, "#\(post.subject.change) is reminded of twice")
        }
        // What was on its way when another process took the store over may have been said by that one, too.
        guard life.number == world.lives else { return }
        let rows = world.disk.state.allPosts.filter {
            ($0.change ?? 0) == post.subject.change && $0.channel == post.channel
        }
        let isWanted = rows.contains { row in
            let isThis =
                switch row.place {
                case .conversation, .copy:
                    post.subject.entry == nil && post.subject.line == nil
                        && (row.messageID == nil || row.channel == .guests)
                // The plan may come while the line is on its way.
                case .looking: post.subject.line == "looking"
                case .reminder: post.subject.line == "reminder"
                case .history(let seq), .notice(let seq): post.subject.entry == seq
                }
            return isThis && (row.posted < row.wanted || row.place == .looking && row.messageID == nil)
        }
        expect(isWanted, "said for no reason: \(post.versions[0].summary.plain)")
    }

    /// A process has sorted out what an earlier one left: whatever was not taken from that one is tried at once.
    func began(_ life: Life) {
        guard life === world.life, life.isAlive else { return }
        let waits = world.disk.state.allPosts.first { $0.posted < $0.wanted && $0.tries > 0 }
        expect(waits == nil, "a back-off of \(waits.map { "#\($0.change ?? 0)" } ?? "") outlives a start")
    }

    /// People are served in turn: nobody gets a second new message into a channel while another waits there for the first.
    func checkTurn(_ post: Rooms.Posted, from life: Life) {
        guard life === world.life, let asker = asker(of: post) else { return }
        let last = lastTurns[post.channel]
        lastTurns[post.channel] = Turn(life: life.number, asker: asker, at: world.wallClock)
        // What came in since may not have been seen when this one was taken up, and clocks that are set tell nothing. In the
        // quiet, timers come late by minutes.
        guard let last, last.life == life.number, last.asker == asker, !world.hasClockStepped, world.isWild else {
            return
        }
        // While a process stands still nobody is answered, and what has no answer is not told yet.
        guard world.scheduler.uptime - world.goesOnAt > 15.seconds else { return }
        let waitsLonger = world.disk.state.allPosts.first { other in
            guard other.channel == post.channel, other.messageID == nil, other.posted < other.wanted, other.tries == 0,
                other.told == 0, other.asker != asker, other.change != post.subject.change,
                let created = other.change.flatMap({ world.disk.state.change($0) })?.createdAt
            else { return false }
            // An outcome that is unknown is due from before it was known.
            guard other.change.flatMap({ world.disk.state.change($0) })?.state != .unknown else { return false }
            let enough = Duration.seconds(15)
            return last.at - other.nextTry > enough && last.at - created > enough
        }
        expect(
            waitsLonger == nil,
            "\(asker) has a second turn in \(post.channel.id) while #\(waitsLonger?.change ?? 0) waits there"
        )
    }

    /// A message was not taken. Whose turn that was is not seen here.
    func turnWasLost(in channel: Channel) { lastTurns[channel] = nil }

    /// Locks and freezes are told in the turn of whoever set or ended them.
    private func asker(of post: Rooms.Posted) -> String? {
        if let change = world.disk.state.change(post.subject.change) { return change.requester.key }
        return world.disk.state.allPosts.first { row in
            guard row.change == nil, row.channel == post.channel else { return false }
            return switch row.place {
            case .history(let seq), .notice(let seq): seq == post.subject.entry
            default: false
            }
        }?.asker
    }

    struct Turn {
        let life: Int
        let asker: String
        let at: Timestamp
    }

    private func checkAnnouncement(_ post: Rooms.Posted) {
        // What was settled before it could be told, where nothing can be edited: people hear what came of it instead.
        if records[post.subject.change]?.unknownAt != nil, post.versions[0].claimedState?.isEnd == true {
            records[post.subject.change]?.isAnnounced = true
        }
        guard post.versions[0].wholeText.contains("unknown") else { return }
        // Where nothing can be edited the change's message is a new one each time.
        if post.subject.entry != nil || post.versions[0].claimedState == .unknown {
            records[post.subject.change]?.isAnnounced = true
        }
    }

    func edited(_ post: Rooms.Posted, from life: Life) {
        guard !wasRestored else { return }
        checkTruth(post)
        // What calls the same people within a minute is put into the line that called them.
        let isLine = post.subject.entry != nil || post.subject.line == "reminder"
        if isLine, let text = post.versions.last?.wholeText {
            // Each line says first which change it is about, and then its state.
            for id in records.keys where text.contains("#\(id) ") {
                let lines = text.split(separator: "\n").filter { $0.contains("#\(id) ") }
                if lines.contains(where: { $0.contains(" unknown: ") }) {
                    records[id]?.isAnnounced = true
                }
            }
        }
        // A line that was put into the last one is a turn of whoever asked for what it is about.
        guard !isLine else { return turnWasLost(in: post.channel) }
        // An edit is a turn, too.
        guard let asker = asker(of: post) else { return }
        lastTurns[post.channel] = Turn(life: life.number, asker: asker, at: world.wallClock)
    }

    /// A message about no change tells of a lock or a freeze, and names the entry.
    private func checkClosingTruth(_ post: Rooms.Posted) {
        let entry = world.disk.state.history.first { $0.seq == post.subject.entry }
        let kinds = ["locked", "unlocked", "frozen", "unfrozen"]
        guard let entry, kinds.contains(entry.record?.kind ?? "") else {
            return fail("a message about nothing: \(post.versions[0].summary.plain)")
        }
        expect(post.versions.last?.wholeText.contains(entry.head.short) == true, "a message does not name its entry")
        world.tally.count("messages about locks and freezes")
    }

    private func checkTruth(_ post: Rooms.Posted) {
        guard post.subject.change != 0 else { return checkClosingTruth(post) }
        expect(
            post.versions.last?.names(post.subject.change) == true,
            "a message about #\(post.subject.change) does not name it"
        )
        guard let message = post.versions.last, let record = records[post.subject.change] else {
            return fail("a message tells of #\(post.subject.change), which does not exist")
        }
        if let seq = post.subject.entry {
            let entry = world.disk.state.history.indices.contains(seq - 1) ? world.disk.state.history[seq - 1] : nil
            // Only the history channel's posts name the entry's place. One entry may stand for several changes.
            let isNamed = post.channel != .log || entry.map { message.summary.plain.hasSuffix($0.head.short) } == true
            let isAbout = entry?.record.map { [nil, post.subject.change].contains($0.change) } == true
            expect(
                isAbout && isNamed,
                "a message tells of entry \(seq), which is not in the history: \(message.summary.plain)"
            )
        } else if post.subject.line == nil {
            guard let claimed = message.claimedState else {
                return fail("a message shows no state: \(message.summary.plain)")
            }
            expect(record.states.contains(claimed), "a message says that #\(post.subject.change) is \(claimed)")
        }
    }
}

extension Message {
    /// The state that a message about a change shows.
    var claimedState: ChangeState? {
        let text = summary.plain
        let found = Self.signs.compactMap { sign, state in
            text.firstRange(of: sign).map { (at: $0.lowerBound, state: state) }
        }
        let shown = found.min { $0.at < $1.at }?.state
        // What waits for its turn, or for the cluster, has the hourglass, too.
        return shown == .preparing && !text.contains("looking at the cluster") ? .ready : shown
    }

    private static let signs: [(sign: String, state: ChangeState)] = [
        ("⏳", .preparing), ("✋", .pending), ("🖐", .pending), ("🟢", .ready), ("❄️", .ready),
        ("🔒", .ready), ("📡", .sending), ("✅", .succeeded),
        ("❌", .failed), ("❓", .unknown), ("⛔", .refused), ("🚫", .denied), ("↩️", .cancelled), ("⌛", .expired),
        ("🔁", .superseded),
    ]
}
