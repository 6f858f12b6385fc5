import BotCore

/// One condition of admission: what must hold for a change to be taken on, and to be sent.
///
/// Each stands in a file of its own beside this one. It is asked when a change is opened, if it has a part for that,
/// and again in the transaction in which the change becomes `sending`. If the store cannot be read, the transaction
/// fails.
struct Condition: Sendable {
    /// The consequence for a change if a condition does not hold before sending.
    enum Hindrance {
        /// The change stays `ready`; its turn may come later.
        case notNow
        case expired
        /// The cluster is no longer as it was when people approved. A new change asks again.
        case drifted(String)
        /// The cluster is on its way to another status, and is read again later.
        case busy(String)
        /// - Parameter offersAgain: whether it is offered to ask for the same again.
        case ended(ChangeEvent, String, rule: String? = nil, offersAgain: Bool = false)
        /// No plan can be made of it.
        case impossible(PlanProblem)
    }

    let name: String
    /// Whether it compares with the plan before sending. Such conditions are asked last, when every change has its plan.
    /// ``clusterIsNotBusy`` is none of them: it asks whether people agreed to a plan, and so comes before.
    var looksAtPlan = false
    /// Gives the reason to refuse a change as it is opened; nil if the condition holds. It may complete the change.
    var whenOpened: (@Sendable (ChangeOpening, inout Change) throws -> Refusal?)?
    /// Gives what is in the way of sending; nil if the condition holds. It may complete the change with what is known
    /// only then.
    var beforeSending: (@Sendable (LastCheck, inout Change) throws -> Hindrance?)?

    /// All conditions, in the order in which they are asked. The first that does not hold decides.
    static let all = [
        policyAllows, serviceGoesOn, storeIsNotHeld, channelsAreCompared, storeHasRoom, clusterIsFree,
        clusterIsNotLocked, clusterIsNotFrozen, isInTime, isWhereItWasAskedFor,
        readingIsFresh, clusterIsNotBusy, isAsPlanned, isAllowedAndAgreedTo,
    ]
}
