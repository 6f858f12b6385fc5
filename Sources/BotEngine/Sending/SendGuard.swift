import BotCore

/// One condition that must hold in the transaction in which a change becomes `sending`.
struct SendGuard: Sendable {
    /// What to do where it does not hold.
    enum Hindrance {
        /// The change stays `ready`; its turn may come later.
        case notNow
        case expired
        /// The cluster no longer is as it was when people agreed.
        case drifted(String)
        /// The cluster is on its way to another status, and is looked at again.
        case busy(String)
        case ended(ChangeEvent, String, rule: String? = nil)
    }

    let name: String
    /// Nil if it holds. May complete the change with what is known only now.
    let hindrance: @Sendable (LastCheck, inout Change) throws -> Hindrance?

    /// All of them, in the order in which they are asked; the first that does not hold decides.
    static let all = [
        serviceGoesOn, storeIsNotHeld, storeHasRoom, clusterIsFree, isInTime, isWhereItWasAskedFor, readingIsFresh,
        clusterIsNotBusy, isAsPlanned, isAllowedAndAgreedTo,
    ]

    /// Its end could cut a sending off that begins now.
    static let serviceGoesOn = SendGuard(name: "service goes on") { check, _ in check.isStopping ? .notNow : nil }

    /// A restored backup sends nothing until a person releases it.
    static let storeIsNotHeld = SendGuard(name: "store is not held") { check, _ in
        try check.recorder.writer.hold() == nil ? nil : .notNow
    }

    /// What comes of the sending must find room on the disk, too.
    static let storeHasRoom = SendGuard(name: "store has room") { check, _ in check.hasRoom ? nil : .notNow }

    static let clusterIsFree = SendGuard(name: "cluster is free") { check, change in
        try check.recorder.writer.isFree(change.cluster.id, check.rules, at: check.recorder.now) ? nil : .notNow
    }

    static let isInTime = SendGuard(name: "is in time") { check, change in
        change.isExpired(at: check.recorder.now) ? .expired : nil
    }

    /// What is sent carries the project that was agreed to, and must never travel with another project's credentials.
    static let isWhereItWasAskedFor = SendGuard(name: "is where it was asked for") { check, change in
        guard let cluster = check.rules.cluster(change.cluster.id) else {
            return .ended(.refused, LastCheck.clusterGone)
        }
        guard cluster.project != change.cluster.project else { return nil }
        return .ended(
            .refused,
            "The cluster belongs to the project \(cluster.project) now, not to \(change.cluster.project) any more."
                + " Ask again if it is still wanted."
        )
    }

    /// A process that stood still would otherwise send by how the cluster was hours ago. It is read again instead.
    static let readingIsFresh = SendGuard(name: "reading is fresh") { check, _ in check.isReadingFresh ? nil : .notNow }

    /// What people agreed to waits for a cluster that is on its way, and is compared with it afterwards.
    static let clusterIsNotBusy = SendGuard(name: "cluster is not busy") { check, change in
        guard change.plan != nil, check.spec.statusCounts == .byKind, let reading = check.reading,
            let status = reading.status, check.rules.statuses.kind(of: status) == .busy
        else {
            change.busy = nil
            return nil
        }
        return .busy(status)
    }

    /// Makes the plan where nobody had to agree to one, and holds the agreed one against the cluster.
    static let isAsPlanned = SendGuard(name: "is as planned") { check, change in
        guard let plan = change.plan else {
            do {
                let planned = try check.maker.plan(change, check.spec, check.reading, expiresAt: nil)
                change.parameters = planned.parameters
                change.plan = planned.plan
                return nil
            } catch let problem as PlanProblem {
                return .ended(.failed(.notSent), problem.message)
            }
        }
        guard let reading = check.reading else { return nil }
        let now = check.spec.compared(change.parameters, reading)
        return plan.drift(from: now, check.spec.statusCounts, check.rules.statuses).map { .drifted($0) }
    }

    /// Asks policy and approvals once more: the decisions must meet both what was asked for then and what is asked for now.
    static let isAllowedAndAgreedTo = SendGuard(name: "is allowed and agreed to") { check, change in
        switch check.rules.decide(change) {
        case .refused(let refusal): return .ended(.refused, refusal.reason, rule: refusal.rule)
        case .allowed(let permits):
            let approvals = try check.recorder.writer.approvals(of: change.id)
            let consent = Consent(change: change, approvals: approvals, rules: check.rules)
            let isMetThen = change.permits.contains { consent.meets($0.needs) }
            if isMetThen, permits.contains(where: { consent.meets($0.needs) }) {
                try check.recorder.writer.markCounted(consent.counted, change: change.id)
                return nil
            }
            return .ended(
                .refused,
                "What was agreed is no longer enough: it needs \(permits.sentence) by the rules and groups as they are now."
            )
        }
    }
}
