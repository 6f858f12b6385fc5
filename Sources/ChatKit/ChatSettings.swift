import BotCore
import CurlHTTP

/// How one platform is configured, checked.
package protocol ChatSettings: Sendable {
    /// The name of its ``ChatModule``.
    var platform: String { get }
    /// The workspaces (servers, tenants) that requests may come from.
    var workspaceIDs: Set<String> { get }
    /// What people type in front of a command.
    var commandWord: String { get }
    /// An address of the platform whose answers tell the time; nil if there is none.
    var clockURL: String? { get }

    /// Everything of the platform that lives as long as the service.
    func connect(_ transport: any HTTPTransport, _ clock: any BotClock) -> ChatConnection

    /// Asks the platform whether everything works, without changing anything.
    ///
    /// - Parameter channels: where rules let people ask, so that the bot is to answer there.
    func checkup(
        _ transport: any HTTPTransport,
        _ clock: any BotClock,
        channels: Set<Channel>
    ) async -> [ChatFinding]
}
