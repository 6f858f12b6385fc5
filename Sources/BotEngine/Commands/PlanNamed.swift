/// The way in which a person named the plan that they approve or confirm.
package enum PlanNamed: Hashable, Sendable {
    /// They typed, with the first digits of the digest or without.
    case typed(String?)
    /// They clicked a button that carries this digest; empty if it was made before there was a plan.
    case button(String)
}
