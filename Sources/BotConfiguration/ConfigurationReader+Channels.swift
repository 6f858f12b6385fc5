import BotCore

/// What `channels` says.
struct ChannelsSection {
    /// Every name, also of channels with mistakes in them.
    var names: Set<String> = []
    var byName: [String: Channel] = [:]
    /// Where each channel stands.
    var places: [(channel: Channel, place: Place)] = []
}

extension ConfigurationReader {
    private static let channelForm = "a channel, `slack:WORKSPACE/CHANNEL`"

    func channels(_ top: Table) -> ChannelsSection {
        var section = ChannelsSection()
        guard let field = top.field("channels"),
            let named = field.named("channels under names, such as {ops: \"slack:T0001/C0OPS\"}", mayBeEmpty: true)
        else { return section }
        for (name, field) in named {
            section.names.insert(name)
            checkName(name, "channel", log, field.keyPlace)
            guard let text = field.text(Self.channelForm), let channel = channel(text, field) else { continue }
            section.byName[name] = channel
            section.places.append((channel, field.place))
        }
        return section
    }

    /// A channel in full; nil when it is none, which is logged.
    func channel(_ text: String, _ field: Field) -> Channel? {
        guard isSupportedPlatform(text, ["slack"], field, Self.channelForm) else { return nil }
        guard let channel = Channel(text), [channel.workspace, channel.id].allSatisfy(Self.isPlainID) else {
            field.problem(
                "\(quoted(text)) is not \(Self.channelForm); the parts are ids of letters, digits, `.`, `_` and `-`"
            )
            return nil
        }
        if channel.id.wholeMatch(of: /[CGD][A-Z0-9]+/) == nil {
            field.log.warning(
                field.place,
                "\(quoted(text)) does not look like a Slack channel; it ends with the channel id, such as `C0OPS`"
            )
        }
        return channel
    }

    /// A channel by its name under `channels`, or in full.
    func knownChannel(_ field: Field, _ channels: ChannelsSection) -> Channel? {
        guard !field.isLabelReference, let text = field.text("a name from `channels`, or \(Self.channelForm)") else {
            return nil
        }
        guard !text.contains(":") else { return channel(text, field) }
        guard channels.names.contains(text) else {
            field.unknown(text, "one of `channels`", among: channels.names.sorted())
            return nil
        }
        return channels.byName[text]
    }

    /// Warns of Slack accounts and channels in workspaces that no request can come from.
    func warnOfForeignWorkspaces(_ facts: PolicyFacts) {
        guard let workspaces = facts.workspaces else { return }
        let accounts = facts.people.places.map { ($0.account.platform, $0.account.workspace, $0.place) }
        let channels = facts.channels.places.map { ($0.channel.platform, $0.channel.workspace, $0.place) }
        for (platform, workspace, place) in accounts + channels
        where platform == "slack" && !workspaces.contains(workspace) {
            log.warning(
                place,
                "the workspace \(quoted(workspace)) is not one of `chat.slack.workspaces` "
                    + "(\(listed(workspaces.sorted()))), so nothing comes from it"
            )
        }
    }
}
