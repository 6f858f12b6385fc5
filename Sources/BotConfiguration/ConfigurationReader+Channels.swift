import BotCore
import ChatKit
import ConfigurationTree

extension ConfigurationReader {
    /// The platforms that have channels.
    private var conversational: [any ChatModule] { platforms.filter(\.hasChannels) }

    private var channelForm: String {
        "a channel, \(conversational.map { "`\($0.name):WORKSPACE/CHANNEL`" }.joined(separator: " or "))"
    }

    func channels(_ top: Table) -> ChannelsSection {
        var section = ChannelsSection()
        guard let field = top.field("channels"),
            let named = field.named(
                "channels under names, such as {ops: \"\(conversational.first?.exampleChannel ?? "")\"}",
                mayBeEmpty: true
            )
        else { return section }
        for (name, field) in named {
            section.names.insert(name)
            checkName(name, "channel", log, field.keyPlace)
            guard let text = field.text(channelForm), let channel = channel(text, field) else { continue }
            section.byName[name] = channel
            section.places.append((channel, field.place))
        }
        return section
    }

    /// Reads a channel in full; nil if it is none, which is logged.
    func channel(_ text: String, _ field: Field) -> Channel? {
        guard isSupportedPlatform(text, conversational.map(\.name), field, channelForm) else { return nil }
        guard let module = platform(of: text), let channel = Channel(text) else {
            let form = platform(of: text).map { "; \($0.idForm)" } ?? ""
            field.problem("\(quoted(text)) is not \(channelForm)\(form)")
            return nil
        }
        return isFine(module.check(channel), text, channelForm, module, field) ? channel : nil
    }

    /// Reads a channel by its name under `channels`, or in full.
    func knownChannel(_ field: Field, _ channels: ChannelsSection) -> Channel? {
        guard !field.isLabelReference, let text = field.text("a name from `channels`, or \(channelForm)") else {
            return nil
        }
        guard !text.contains(":") else { return channel(text, field) }
        guard channels.names.contains(text) else {
            field.unknown(text, "one of `channels`", among: channels.names.sorted())
            return nil
        }
        return channels.byName[text]
    }

    /// Reads the channels of a rule: those that are known, and names with labels.
    func ruleChannels(
        _ field: Field,
        _ facts: PolicyFacts,
        scope: [Cluster]?
    ) -> (known: Set<Channel>, templates: Set<String>) {
        var (known, templates): (Set<Channel>, Set<String>) = ([], [])
        for element in field.list("channels, such as [ops]") ?? [] {
            switch writtenName(element, in: "channels", names: facts.channels.names, facts, scope: scope) {
            case .plain:
                guard let channel = knownChannel(element, facts.channels) else { continue }
                // A channel with a name has its warning where it gets the name.
                if !facts.channels.byName.values.contains(channel) {
                    warnIfForeign(channel.workspace, of: channel.platform, element.place, facts)
                }
                known.insert(channel)
            case .template(let name): templates.insert(name)
            case .wrong: break
            }
        }
        return (known, templates)
    }

    /// Returns whether something can be posted in a channel, as far as its workspace tells; if not, that is logged.
    func isOfOurs(_ channel: Channel, _ place: Place, _ facts: PolicyFacts) -> Bool {
        guard let known = facts.workspaces[channel.platform], !known.contains(channel.workspace) else { return true }
        log.problem(
            place,
            "nothing can be posted in \(quoted(channel.description)), because its workspace is not one of "
                + "`chat.\(channel.platform).workspaces` (\(listed(known.sorted())))"
        )
        return false
    }

    /// Warns of accounts and channels in workspaces from which no request can come.
    func warnOfForeignWorkspaces(_ facts: PolicyFacts) {
        let accounts = facts.people.places.map { ($0.account.platform, $0.account.workspace, $0.place) }
        let channels = facts.channels.places.map { ($0.channel.platform, $0.channel.workspace, $0.place) }
        for (platform, workspace, place) in accounts + channels {
            warnIfForeign(workspace, of: platform, place, facts)
        }
    }

    private func warnIfForeign(_ workspace: String, of platform: String, _ place: Place, _ facts: PolicyFacts) {
        // Where a platform is not configured at all, that is said once.
        guard let known = facts.workspaces[platform], !known.isEmpty, !known.contains(workspace) else { return }
        log.warning(
            place,
            "the workspace \(quoted(workspace)) is not one of `chat.\(platform).workspaces` "
                + "(\(listed(known.sorted()))), so nothing comes from it"
        )
    }
}
