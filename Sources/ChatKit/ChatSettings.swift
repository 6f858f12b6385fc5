import BotCore
import CurlHTTP

/// The checked configuration of one platform.
package protocol ChatSettings: Sendable {
    /// The name of its ``ChatModule``.
    var platform: String { get }
    /// The workspaces (servers, tenants) that requests may come from.
    var workspaceIDs: Set<String> { get }
    /// The word that people type in front of a command.
    var commandWord: String { get }
    /// The workspaces in which it can be looked up who is in a user group.
    var lookUpWorkspaces: Set<String> { get }
    /// An address of the platform whose answers have a `Date`; nil if there is none.
    var clockURL: String? { get }

    /// Whether it comes by the service's socket, which has a section of its own.
    var comesBySocket: Bool { get }

    /// Makes everything of the platform that lives as long as the service.
    func connect(_ transport: any HTTPTransport, _ clock: any BotClock) -> ChatConnection

    /// Asks the platform whether everything works. It changes nothing.
    ///
    /// - Parameters:
    ///   - channels: the channels in which rules let people ask, so that the bot must be able to post there.
    ///   - userGroups: the user groups that count towards groups, so that the bot must be able to look them up.
    func checkup(
        _ transport: any HTTPTransport,
        _ clock: any BotClock,
        channels: Set<Channel>,
        userGroups: Set<UserGroup>
    ) async -> [ChatFinding]
}

extension ChatSettings {
    package var comesBySocket: Bool { false }
    package var lookUpWorkspaces: Set<String> { [] }
}
