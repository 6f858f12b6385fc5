import BotCore

/// One condition of admission: what must hold for a change to be taken on, and to be sent.
///
/// Each stands in a file of its own beside this one. It is asked when a change is opened, where there is something to ask by
/// then, and again in the transaction in which the change becomes `sending`. What it cannot read fails the transaction.
struct Condition: Sendable {
    /// What to do before sending where it does not hold.
    enum Hindrance {
        /// The change stays `ready`; its turn may come later.
        case notNow
        case expired
        /// The cluster no longer is as it was when people agreed.
        case drifted(String)
        /// The cluster is on its way to another status, and is read again later.
        case busy(String)
        case ended(ChangeEvent, String, rule: String? = nil)
    }

    let name: String
    /// Whether it looks at the plan before sending: such conditions are asked last, when there is one in any case.
    var looksAtPlan = false
    /// Why a change is refused as it is opened; nil if it is not. May complete the change.
    var whenOpened: (@Sendable (ChangeOpening, inout Change) throws -> Refusal?)?
    /// Nil if it holds. May complete the change with what is known only then.
    var beforeSending: (@Sendable (LastCheck, inout Change) throws -> Hindrance?)?

    /// All of them, in the order in which they are asked; the first that does not hold decides.
    static let all = [
        policyAllows, serviceGoesOn, storeIsNotHeld, storeHasRoom, clusterIsFree, isInTime, isWhereItWasAskedFor,
        readingIsFresh, clusterIsNotBusy, isAsPlanned, isAllowedAndAgreedTo,
    ]
}
