import BotCore
import CurlHTTP

extension SlackPoster {
    /// Somebody waits for the answer that holds the link.
    private static let addressTimeout = Duration.seconds(1)

    /// Returns the link that Slack calls the message's permalink. It is put together here: `chat.getPermalink` would be a call
    /// for each message.
    package func link(to id: String, in channel: Channel) async -> PostLink? {
        guard channel.platform == SlackSettings.platformName, SlackReceiver.isID(channel.id),
            let token = settings.workspaces[channel.workspace].flatMap(\.self),
            id.wholeMatch(of: /[0-9]{1,12}\.[0-9]{1,8}/) != nil,
            let address = await addresses.address(
                of: channel.workspace,
                at: clock.uptime,
                { await askForAddress(of: channel.workspace, token) }
            )
        else { return nil }
        return PostLink("\(address)archives/\(channel.id)/p\(id.replacing(".", with: ""))")
    }

    private func askForAddress(of workspace: String, _ token: Secret) async -> String? {
        let url = settings.apiURL + "auth.test"
        var request = slackRequest(url, .object([:]), token: token, sending: .repeatable, isLoopback: isLoopback(url))
        request.totalTimeout = Self.addressTimeout
        guard let (reply, _) = try? await answer("auth.test", request), reply["team_id"]?.string == workspace,
            let address = reply["url"]?.string, address.wholeMatch(of: /https:\/\/[a-z0-9.-]+(:[0-9]+)?\//) != nil
        else { return nil }
        return address
    }
}
