/// The one who did something: the account that acted and the person whom the configuration knows behind it.
package struct Actor: Hashable, Sendable {
    /// The configured person; nil for an account that nobody lists.
    package let person: String?
    /// The account that acted; nil when the bot itself acted.
    package let account: Account?
    /// The platform's name for them at that moment. Decoration only: never compared, never trusted.
    package let name: String

    package init(person: String?, account: Account?, name: String) {
        self.person = person
        self.account = account
        self.name = name
    }

    /// The bot itself: timers, recovery, reading back.
    package static let bot = Actor(person: nil, account: nil, name: "clusterbot")

    /// Their name in texts: the configured name of a person who is listed, and for everybody else the account, with the
    /// name that they gave themselves on the platform only in quotation marks behind it.
    package var shownName: String { Self.shownName(person: person, account: account?.description, name: name) }

    /// The same for an actor as an entry of the history holds it.
    package static func shownName(person: String?, account: String?, name: String?) -> String {
        if let person { return person }
        guard let account else { return name ?? "?" }
        guard let name = name.flatMap(CleanText.name), !account.hasSuffix("/\(name)"), name != account else {
            return account
        }
        return "\(account) “\(name)”"
    }

    /// The key by which limits and turns count: the person, or the account that nobody lists.
    package var key: String { person.map { "person \($0)" } ?? account.map { "account \($0)" } ?? "" }

    /// Two accounts of one person are the same; accounts that nobody lists are only the same as themselves.
    package func isSamePerson(as other: Actor) -> Bool {
        if let person, let theirs = other.person { return person == theirs }
        return account != nil && account == other.account
    }
}
