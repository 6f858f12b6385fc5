import BotCore
import ConfigurationTree

/// The section `people`.
struct PeopleSection {
    var list: [Configuration.Person] = []
    /// All names, with those of people whose entry has mistakes.
    var names: Set<String> = []
    /// Whether every name could be read. Only then a name that is not there is a mistake of its own.
    var isComplete = true
    var byAccount: [Account: String] = [:]
    /// The place of each account in the file.
    var places: [(account: Account, place: Place)] = []
}
