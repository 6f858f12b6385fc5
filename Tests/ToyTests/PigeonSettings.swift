import BotCore
import ChatKit
import ConfigurationTree
import CurlHTTP

struct PigeonSettings: ChatSettings {
    let flock: String
    let url: String
    let secret: Secret

    let platform = "pigeon"
    let commandWord = "coo"
    let clockURL: String? = nil
    var workspaceIDs: Set<String> { [flock] }

    func connect(_ transport: any HTTPTransport, _ clock: any BotClock) -> ChatConnection {
        ChatConnection(
            platform: platform,
            poster: PigeonPoster(settings: self, transport: transport),
            door: PigeonDoor(settings: self, clock: clock),
            methods: ["fly"]
        )
    }

    func checkup(
        _ transport: any HTTPTransport,
        _ clock: any BotClock,
        channels: Set<Channel>,
        userGroups: Set<UserGroup>
    ) async -> [ChatFinding] { [ChatFinding(.works, "pigeon post", "the birds are fed")] }
}
