import BotCore

extension Change {
    /// Whether it ended without anything having been sent or decided, so that whoever may can ask for the same by a click.
    var canBeAskedAgain: Bool { state == .expired || state == .failed && howKnown == .notSent }
}
