import BotCore

extension Change {
    /// Whether it ended without anything having been sent or decided, so that whoever may can ask for the same by a click.
    var canBeAskedAgain: Bool { state == .expired || state == .failed && howKnown == .notSent }

    /// Whether an offer to ask for the same can stand under it. What was refused has one only where it was approved, and
    /// the rules or groups of a later moment want more.
    var mayOfferAgain: Bool { canBeAskedAgain || state == .refused }
}
