import BotCore
import TestSupport

/// When everything has come to rest: nothing was forgotten (I11), and everything was told (I12).
extension Checker {
    /// After the time in which people could still decide and reads settle.
    func checkRest() {
        for change in world.disk.state.changes {
            expect(change.state.isEnd || change.state == .unknown, "#\(change.id) is still \(change.state)")
            if change.state == .unknown { checkUnsettled(change) }
        }
        checkNothingIsClosed()
        checkNothingIsFollowed()
        checkPromises()
        checkPosts()
    }

    /// An unknown outcome that reads could tell must not stay.
    private func checkUnsettled(_ change: Change) {
        guard world.readsBack, let plan = change.plan, let spec = change.spec, !spec.proof.isEmpty,
            spec.proof.allSatisfy({ plan.before[$0] != nil && plan.before[$0] != plan.after[$0] }),
            world.rules.clusters.contains(where: { $0.id == change.cluster.id })
        else { return }
        let isAboutAddress = spec.proof.contains("ip_owner")
        let now = spec.compared(
            change.parameters,
            world.cloud.read(change.cluster.id, withReservedIPs: isAboutAddress)
        )
        let isAsPlanned = spec.proof.allSatisfy { now[$0] != nil && now[$0] == plan.after[$0] }
        let isAsBefore = plan.before.allSatisfy { now[$0.key] == $0.value }
        let since = world.scheduler.uptime - (lastTouch(change) ?? 0)
        if since > 10.minutes {
            expect(!isAsPlanned && !isAsBefore, "#\(change.id) could have been settled by reading")
        }
    }

    private func lastTouch(_ change: Change) -> Int? {
        (world.cloud.touches.filter { $0.cluster == change.cluster.id || $0.change == nil }.map(\.at)
            + [records[change.id]?.unknownAt].compactMap(\.self)).max()
    }

    /// What people were told is so.
    private func checkPromises() {
        for (key, delivery) in world.crowd.deliveries.sorted(by: { $0.key < $1.key }) {
            if let promised = delivery.promised {
                guard let change = world.disk.state.change(promised),
                    case .request(let cluster, let action, let arguments) = delivery.kind
                else { return fail("#\(promised) was promised to \(delivery.account) and is forgotten") }
                expect(
                    change.cluster.id == cluster && change.action == action && change.arguments == arguments
                        && change.requester.account == delivery.account,
                    "#\(promised) is not what \(delivery.account) asked for"
                )
            } else if delivery.wasRefused, !delivery.wasAnswered, !delivery.isOpen {
                expect(!decisions.contains(key), "\(delivery.account) was told that \(key) is not stored, and it is")
                guard let opened = world.disk.state.opened(by: key) else { continue }
                expect(
                    world.cloud.sendings(of: opened).isEmpty || delivery.wasNotWithdrawn,
                    "\(delivery.account) was told that \(key) is not stored, and #\(opened) went on"
                )
            }
        }
    }

    /// Whether nothing waits to be told that could be told.
    var isAllTold: Bool {
        world.disk.state.allPosts.allSatisfy { $0.posted >= $0.wanted || world.rooms.isClosed($0.channel) }
    }

    private func checkPosts() {
        for post in world.disk.state.allPosts {
            if world.rooms.isClosed(post.channel) { continue }
            expect(
                post.posted >= post.wanted,
                "#\(post.change ?? 0) \(post.place): revision \(post.wanted) was never told"
            )
        }
        for change in world.disk.state.changes { checkTold(change) }
        guard world.hasHistoryChannel else { return }
        for (seq, change) in results.sorted(by: { $0.key < $1.key }) {
            let isTold = world.rooms.posts.contains { $0.channel == .log && $0.subject.entry == seq }
            // Posts about strangers are one a minute for all of them.
            let refused = world.disk.state.change(change)
            if refused?.state == .refused, refused?.requester.person == nil { continue }
            expect(isTold, "the history channel never heard of entry \(seq) about #\(change)")
        }
    }

    /// Somewhere people can see what the change came to.
    private func checkTold(_ change: Change) {
        guard let row = world.disk.state.allPosts.first(where: { $0.change == change.id && $0.place == .conversation })
        else { return expect(change.state == .refused, "#\(change.id) was never told in its conversation") }
        // Who asked where the bot cannot speak hears of it in private, as well as that can be done.
        let isPrivate = change.state == .refused && row.messageID == nil && row.posted == row.wanted
        guard !world.rooms.isClosed(row.channel), !isPrivate else { return }
        let shown = world.rooms.posts.filter { $0.subject == .init(change: change.id, entry: nil) && !$0.isGone }
        let isShown = shown.contains { post in
            let states = post.versions.map(\.claimedState)
            return post.channel == row.channel
                && (post.isOverwritten ? states.contains(change.state) : states.last == change.state)
        }
        expect(isShown, "nobody sees that #\(change.id) is \(change.state)")
        // Where nothing can be edited or said anew, what was unknown and is settled is told as settled.
        if row.channel != .guests, records[change.id]?.unknownAt != nil {
            expect(
                records[change.id]?.isAnnounced == true,
                "nobody was told that the outcome of #\(change.id) is unknown"
            )
        }
    }

    /// After the last look at late effects.
    func checkLateEffects() {
        for change in world.disk.state.changes where change.state == .failed && change.howKnown == .readBack {
            guard let record = records[change.id], let ended = record.endedAt, !record.wasCorrected, !isBlurred(change),
                world.cloud.sendings(of: change.id).contains(where: { $0.appliedAt != nil }),
                world.rules.clusters.contains(where: { $0.id == change.cluster.id })
            else { continue }
            let isAlone = !world.cloud.sendings.contains {
                $0.cluster == change.cluster.id && $0.change != change.id && $0.at >= record.sendingAt ?? ended
            }
            // What may have been sent, for all that the engine can know, was not always sent.
            let seemsAlone = !world.disk.state.changes.contains { other in
                other.cluster.id == change.cluster.id && other.readyOrder ?? 0 > change.readyOrder ?? 0
                    && records[other.id]?.unknownAt != nil
            }
            expect(
                !isAlone || !seemsAlone,
                "#\(change.id) took effect after it was taken for failed, and nobody was told"
            )
        }
    }
}
