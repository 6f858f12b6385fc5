import BotCore
import ConfigurationTree

/// All that the rest of the bot must know of one chat platform to be configured for it. The wiring has a list of them; what
/// is registered there is known everywhere.
package protocol ChatModule: Sendable {
    /// The platform's word: under `chat`, in front of accounts and channels, in metrics and in paths.
    var name: String { get }
    /// What people call it.
    var title: String { get }
    /// The keys of its section under `chat`.
    var section: TableShape { get }
    /// The tables with fixed keys within the section.
    var innerSections: [TableShape] { get }
    /// Keys of its own in a group that mean nothing yet.
    var laterGroupKeys: Set<String> { get }
    /// An account in full, for messages that show how one is written.
    var exampleAccount: String { get }
    /// A channel in full, likewise.
    var exampleChannel: String { get }
    /// What its ids look like, behind a semicolon: "the parts are ids of …".
    var idForm: String { get }

    /// Looks at the ids of an account of this platform.
    func check(_ account: Account) -> IDCheck

    /// Looks at the ids of a channel of this platform.
    func check(_ channel: Channel) -> IDCheck

    /// Reads its section. Nil where something is wrong, which is logged.
    func settings(_ section: ChatSection) -> (any ChatSettings)?
}
