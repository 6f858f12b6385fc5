import BotCore
import ConfigurationTree

/// What `people` says.
struct PeopleSection {
    var list: [Configuration.Person] = []
    /// Every name, also of people with mistakes in them.
    var names: Set<String> = []
    var byAccount: [Account: String] = [:]
    /// Where each account stands.
    var places: [(account: Account, place: Place)] = []
}
