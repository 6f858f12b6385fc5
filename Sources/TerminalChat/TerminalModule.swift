import BotCore
import ChatKit
import ConfigurationTree

/// The terminal of the service's machine, as the wiring registers it. Its accounts are the machine's users; what they
/// type belongs to a channel of another platform.
package struct TerminalModule: ChatModule {
    package static let platform = "os"

    package let name = TerminalModule.platform
    package let title = "Terminal"
    package let section = TableShape("`server.socket`", [])
    package let innerSections: [TableShape] = []
    package let laterGroupKeys: Set<String> = []
    package let exampleAccount = "os:bot1/1001"
    package let exampleChannel = "os:bot1/terminal"
    package let idForm =
        "the parts are the machine's name and the user's number as `id -u` prints it, such as `os:bot1/1001`; "
        + "\(TerminalModule.overflow) stands for every user that the system does not know, and is never an account"
    package let accountForm = "HOST/UID"
    package let hasChannels = false

    /// The number that the system gives for a user whom it cannot tell here, for example one of another user namespace.
    private static let overflow: UInt32 = 65534

    package init() {}

    /// Returns the account of a user of the machine; nil for a number that stands for nobody in particular.
    package static func account(uid: UInt32, host: String) -> Account? {
        guard uid != overflow, uid != .max else { return nil }
        return Account(platform: platform, workspace: host, user: "\(uid)")
    }

    package func check(_ account: Account) -> IDCheck {
        guard IDCheck.isPlain(account.workspace), let uid = UInt32(account.user),
            Self.account(uid: uid, host: account.workspace) == account
        else { return .wrong }
        return uid == 0 ? .doubtful("is root, so whoever may `sudo` on that machine has this person's rights") : .fine
    }

    package func check(_ channel: Channel) -> IDCheck { .wrong }
    package func settings(_ section: ChatSection) -> (any ChatSettings)? { nil }

    package func settings(_ socket: ServiceSocket) -> (any ChatSettings)? {
        socket.channel.map { TerminalSettings(host: socket.host, channel: $0) }
    }
}
