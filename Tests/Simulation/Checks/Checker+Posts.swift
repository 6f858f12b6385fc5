import BotCore
import TestSupport

/// What the channels hear is true, and is said once (I12).
extension Checker {
    func posted(_ post: Rooms.Posted, before earlier: [Rooms.Posted], from life: Life) {
        guard !wasRestored else { return }
        world.tally.count("messages")
        checkTruth(post)
        checkAnnouncement(post)
        if earlier.contains(where: { $0.subject == post.subject && $0.channel == post.channel }) {
            world.tally.count("messages said again")
        }
        // What was on its way when another process took the store over may have been said by that one, too.
        guard life.number == world.lives else { return }
        let rows = world.disk.state.allPosts.filter { $0.change == post.subject.change && $0.channel == post.channel }
        let isWanted = rows.contains { row in
            let isThis =
                switch row.place {
                case .conversation: post.subject.entry == nil && (row.messageID == nil || row.channel == .guests)
                case .history(let seq), .notice(let seq): post.subject.entry == seq
                }
            return isThis && row.posted < row.wanted
        }
        expect(isWanted, "said for no reason: \(post.versions[0].summary.plain)")
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

    func edited(_ post: Rooms.Posted) { if !wasRestored { checkTruth(post) } }

    private func checkTruth(_ post: Rooms.Posted) {
        expect(
            post.versions.last?.changeNumber == post.subject.change,
            "a message about #\(post.subject.change) does not name it"
        )
        guard let message = post.versions.last, let record = records[post.subject.change] else {
            return fail("a message tells of #\(post.subject.change), which does not exist")
        }
        if let seq = post.subject.entry {
            let entry = world.disk.state.history.indices.contains(seq - 1) ? world.disk.state.history[seq - 1] : nil
            expect(
                entry.map { message.summary.plain.hasSuffix($0.head.short) } == true,
                "a message tells of entry \(seq), which is not in the history: \(message.summary.plain)"
            )
        } else {
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
        let text = wholeText
        return Self.signs.first { text.contains($0.sign) }?.state
    }

    private static let signs: [(sign: String, state: ChangeState)] = [
        ("⏳", .preparing), ("✋", .pending), ("🖐", .pending), ("🟢", .ready), ("📡", .sending), ("✅ S", .succeeded),
        ("❌", .failed), ("❓", .unknown), ("⛔", .refused), ("🚫", .denied), ("↩️", .cancelled), ("⌛", .expired),
        ("🔁", .superseded),
    ]
}
