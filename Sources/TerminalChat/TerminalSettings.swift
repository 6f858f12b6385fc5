import BotCore
import ChatKit
import CurlHTTP

/// The checked configuration of the terminal: where what is typed there belongs.
package struct TerminalSettings: ChatSettings {
    /// The name of the machine in accounts; nil: the name that the system has.
    package let host: String?
    /// The channel to which changes from the terminal belong.
    package let channel: Channel

    package let platform = TerminalModule.platform
    package let commandWord = "clusterbot say"
    package let clockURL: String? = nil
    package let comesBySocket = true
    package var workspaceIDs: Set<String> { host.map { [$0] } ?? [] }

    package init(host: String?, channel: Channel) {
        self.host = host
        self.channel = channel
    }

    package func connect(_ transport: any HTTPTransport, _ clock: any BotClock) -> ChatConnection {
        let sessions = TerminalSessions(clock: clock)
        let desk = TerminalDesk(channel: channel, sessions: sessions, clock: clock)
        return ChatConnection(
            platform: platform,
            poster: TerminalPoster(sessions: sessions),
            door: nil,
            sources: [desk],
            socketDoor: desk,
            methods: []
        )
    }

    package func checkup(
        _ transport: any HTTPTransport,
        _ clock: any BotClock,
        channels: Set<Channel>,
        userGroups: Set<UserGroup>
    ) async -> [ChatFinding] { [ChatFinding(.works, "Terminal", "what is said there belongs to \(channel)")] }
}
