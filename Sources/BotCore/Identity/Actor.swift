/// Who did something: the account that acted and the person whom the configuration knows behind it.
package struct Actor: Hashable, Sendable {
    /// The configured person; nil for an account that nobody lists.
    package let person: String?
    /// The account that acted; nil when the bot itself acted.
    package let account: Account?
    /// What the platform called them at that moment. Decoration only: never compared, never trusted.
    package let name: String

    package init(person: String?, account: Account?, name: String) {
        self.person = person
        self.account = account
        self.name = name
    }

    /// The bot itself: timers, recovery, reading back.
    package static let bot = Actor(person: nil, account: nil, name: "clusterbot")

    /// What texts call them: the configured name if there is one.
    package var shownName: String { person ?? name }

    /// Whom limits and turns count for: the person, or the account that nobody lists.
    package var key: String { person.map { "person \($0)" } ?? account.map { "account \($0)" } ?? "" }

    /// Two accounts of one person are the same; accounts that nobody lists are only the same as themselves.
    package func isSamePerson(as other: Actor) -> Bool {
        if let person, let theirs = other.person { return person == theirs }
        return account != nil && account == other.account
    }
}
