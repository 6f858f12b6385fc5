import BotCore
import ConfigurationTree

/// The section `people`.
struct PeopleSection {
    var list: [Configuration.Person] = []
    /// All names, with those of people whose entry has mistakes.
    var names: Set<String> = []
    var byAccount: [Account: String] = [:]
    /// The place of each account in the file.
    var places: [(account: Account, place: Place)] = []
}
