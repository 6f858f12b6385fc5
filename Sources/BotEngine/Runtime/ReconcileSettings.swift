import BotCore

/// The settings for settling an unknown outcome by reading: `cluster_api.reconcile` of the configuration.
package struct ReconcileSettings: Sendable, Hashable {
    /// The time after the attempt from which on an unchanged cluster means that nothing happened.
    package var after: Duration
    /// The time between two reads that must agree.
    package var every: Duration
    /// The time after the attempt from which on only a person settles it.
    package var giveUp: Duration

    package init(after: Duration = .seconds(900), every: Duration = .seconds(60), giveUp: Duration = .seconds(86_400)) {
        self.after = after
        self.every = every
        self.giveUp = giveUp
    }
}
