import BotCore
import ConfigurationTree

/// A rule with its place, for later checks.
struct PlacedRule {
    let rule: Rule
    let place: Place
    let actions: Set<String>
}
