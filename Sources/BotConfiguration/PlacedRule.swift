import BotCore
import ConfigurationTree

/// A rule with the places that later checks point to.
struct PlacedRule {
    let rule: Rule
    let place: Place
    let actions: Set<String>
}
