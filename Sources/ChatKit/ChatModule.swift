import BotCore
import ConfigurationTree

/// One chat platform as the rest of the bot knows it for its configuration. The wiring has a list of the modules; a
/// platform that is registered there is known everywhere.
package protocol ChatModule: Sendable {
    /// The platform's name: under `chat`, in front of accounts and channels, in metrics and in paths.
    var name: String { get }
    /// The name that people use for it.
    var title: String { get }
    /// The keys of its section under `chat`.
    var section: TableShape { get }
    /// The tables with fixed keys within the section.
    var innerSections: [TableShape] { get }
    /// The key of a group under which its user groups stand; nil for a platform that has none.
    var userGroupsKey: String? { get }
    /// A user group as it stands there, as an example in messages.
    var exampleUserGroup: String { get }
    /// The keys of its own in a group that have no effect yet.
    var laterGroupKeys: Set<String> { get }
    /// An account in full, as an example in messages.
    var exampleAccount: String { get }
    /// A channel in full, as an example in messages.
    var exampleChannel: String { get }
    /// The form of its ids, as the end of a sentence behind a semicolon: "the parts are ids of …".
    var idForm: String { get }
    /// The form of an account behind the platform's name and the colon.
    var accountForm: String { get }
    /// Whether it has channels, and a section under `chat`. What is typed on a platform without channels belongs to a
    /// channel of another one, and comes by the service's socket (``ServiceSocket``).
    var hasChannels: Bool { get }

    /// Checks the ids of an account of this platform.
    func check(_ account: Account) -> IDCheck

    /// Checks the ids of a channel of this platform.
    func check(_ channel: Channel) -> IDCheck

    /// Reads one user group, as it is written under ``userGroupsKey``.
    /// - Returns: nil if it is none, and then what would be right, as the end of a sentence behind a semicolon.
    func userGroup(_ text: String) -> (group: UserGroup?, fix: String)

    /// Reads its section; nil if something is wrong, which is logged.
    func settings(_ section: ChatSection) -> (any ChatSettings)?

    /// Returns the settings of a platform without channels; nil where the socket is not configured for it.
    func settings(_ socket: ServiceSocket) -> (any ChatSettings)?
}

extension ChatModule {
    package var accountForm: String { "WORKSPACE/USER" }
    package var hasChannels: Bool { true }
    package var userGroupsKey: String? { nil }
    package var exampleUserGroup: String { "" }

    package func userGroup(_ text: String) -> (group: UserGroup?, fix: String) { (nil, "") }

    package func settings(_ socket: ServiceSocket) -> (any ChatSettings)? { nil }
}
