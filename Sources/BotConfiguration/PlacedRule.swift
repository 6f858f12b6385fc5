import BotCore
import ConfigurationTree

/// A rule with its place, for later checks.
struct PlacedRule {
    let rule: Rule
    let place: Place
    /// Where warnings about it belong: that of the file that holds it.
    let log: ProblemLog
    let actions: Set<String>
}
