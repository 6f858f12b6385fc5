import BotCore
import Logging

/// The check in the last transaction before a request may leave. Every ``Condition`` is asked; one that does not hold
/// ends the change instead, or leaves it waiting.
struct LastCheck {
    let recorder: ChangeRecorder
    let rules: Rulebook
    let spec: ActionSpec
    let reading: ClusterReading?
    /// Whether the cluster was read only just now.
    let isReadingFresh: Bool
    let maker: PlanMaker
    /// Whether the store's disk has room for the outcome of the sending.
    let hasRoom: Bool
    /// Whether the service is shutting down.
    let isStopping: Bool
    /// The time after the intent at which the sending is taken for lost.
    let lease: Duration

    /// Moves the change to `sending` and returns its intent; nil if it is not to be sent, now or ever.
    func intent(for id: Int) throws -> Intent? {
        let writer = recorder.writer
        guard var change = try writer.change(id), change.state == .ready else { return nil }
        let isPlanned = change.plan != nil
        let hindrance =
            try hindrance(&change, looksAtPlan: false) ?? plan(&change) ?? hindrance(&change, looksAtPlan: true)
        if let hindrance {
            try stop(&change, hindrance)
            return nil
        }
        if !isPlanned, let plan = change.plan {
            try recorder.append(.planned, change, .init(by: .bot, policy: rules.policy.digest, detail: plan.detail))
        }
        guard let plan = change.plan else { return nil }
        if spec.isFollowed { try endFollowing(on: change.cluster.id, before: id) }
        // A change that a lock or a freeze kept is sent behind others that became ready later.
        if try writer.wasSent(after: change) { change.readyOrder = try writer.nextReadyOrder() }
        let intent = Intent(
            change: id,
            bodyDigest: sha256Hex(plan.call.body),
            before: JSONValue.object(plan.before).canonical,
            sendBy: recorder.now + SendPermit.sendWithin,
            leaseUntil: recorder.now + lease,
            fence: try writer.fence(),
            startedAt: recorder.now
        )
        try recorder.apply(
            .sendingBegan,
            to: &change,
            .init(
                by: .bot,
                policy: rules.policy.digest,
                detail: [
                    "attempt": .int(1), "body_sha256": .string(intent.bodyDigest), "digest": .string(plan.digest),
                    "before": .object(plan.before), "send_by": .string(intent.sendBy.description),
                ]
            )
        )
        return intent
    }

    /// What is sent now puts the cluster on its way anew, and is followed itself: whatever was followed there is no longer.
    private func endFollowing(on cluster: Int, before id: Int) throws {
        let writer = recorder.writer
        guard let earlier = try writer.followings().first(where: { $0.cluster == cluster }) else { return }
        try writer.endFollowing(of: earlier.cluster)
        guard var followed = try writer.change(earlier.change) else { return }
        let sentence = "#\(id) came next, so I look no further whether it runs."
        followed.outcome = [followed.outcome, sentence].compactMap(\.self).joined(separator: " ")
        try recorder.save(&followed)
    }

    static let clusterGone = "The cluster is no longer in the configuration."

    /// Returns what the first condition that does not hold says; nil if all hold.
    private func hindrance(_ change: inout Change, looksAtPlan: Bool) throws -> Condition.Hindrance? {
        for condition in Condition.all where condition.looksAtPlan == looksAtPlan {
            if let hindrance = try condition.beforeSending?(self, &change) {
                recorder.debug(
                    "not sent now",
                    ["change": .stringConvertible(change.id), "condition": "\(condition.name)"]
                )
                return hindrance
            }
        }
        return nil
    }

    /// Makes the plan of a change that needed nobody, and so has none yet.
    private func plan(_ change: inout Change) throws -> Condition.Hindrance? {
        guard change.plan == nil else { return nil }
        do throws(PlanProblem) {
            let planned = try maker.plan(change, spec, reading, expiresAt: nil)
            change.parameters = planned.parameters
            change.plan = planned.plan
            return nil
        } catch {
            return .impossible(error)
        }
    }

    private func stop(_ change: inout Change, _ hindrance: Condition.Hindrance) throws {
        switch hindrance {
        case .notNow: return
        case .busy(let status):
            // A status is shown once, and not with every look.
            guard change.busy?.status != status else { return }
            change.busy = ClusterBusy(status: status, since: change.busy?.since ?? recorder.now)
            try recorder.save(&change)
        case .expired: try Expiry.expire(&change, recorder)
        case .drifted(let drift):
            try Superseding(recorder: recorder, rules: rules).supersede(&change, because: drift)
        case .impossible(let problem): try recorder.fail(&change, problem, policy: rules.policy.digest)
        case .ended(let event, let outcome, let rule, let offersAgain):
            change.outcome = outcome
            try recorder.apply(
                event,
                to: &change,
                .init(by: .bot, rule: rule, policy: rules.policy.digest, offersAgain: offersAgain)
            )
        }
    }
}
