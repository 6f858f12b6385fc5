import BotCore
import ChatKit
import CurlHTTP

extension SlackSettings: ChatSettings {
    package static let platformName = "slack"

    package var platform: String { Self.platformName }
    package var workspaceIDs: Set<String> { Set(workspaces.keys) }
    package var commandWord: String { command }
    package var lookUpWorkspaces: Set<String> { Set(workspaces.filter { $0.value != nil }.keys) }
    package var clockURL: String? { apiURL }

    package func connect(_ transport: any HTTPTransport, _ clock: any BotClock) -> ChatConnection {
        let poster = SlackPoster(settings: self, transport: transport, clock: clock)
        return ChatConnection(
            platform: platform,
            poster: poster,
            directory: SlackDirectory(poster: poster),
            headReader: SlackHeadReader(poster: poster),
            door: SlackDoor(
                receiver: SlackReceiver(settings: self, clock: clock),
                clicks: SlackClickAnswer(settings: self, transport: transport)
            ),
            methods: SlackPoster.methods
        )
    }

    package func checkup(
        _ transport: any HTTPTransport,
        _ clock: any BotClock,
        channels: Set<Channel>,
        userGroups: Set<UserGroup>
    ) async -> [ChatFinding] {
        await SlackCheckup(settings: self, transport: transport, clock: clock)
            .findings(asked: channels, userGroups: userGroups)
    }
}
