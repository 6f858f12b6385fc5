import BotCore
import ChatKit
import ConfigurationTree

extension ConfigurationReader {
    /// Reads the settings of each platform. Sections with mistakes are left out.
    func chat(_ top: Table, channels: ChannelsSection) -> [any ChatSettings] {
        let platforms = platforms.filter(\.hasChannels)
        guard let field = top.field("chat") else {
            let example = platforms.first.map { "; add `chat: {\($0.name): …}`" } ?? ""
            log.warning(top.place, "there is no `chat`, so nobody can send a command\(example)")
            return []
        }
        guard let table = field.table(.chat(platforms)) else { return [] }
        if !platforms.contains(where: { table.has($0.name) }), !TableShape.laterPlatforms.contains(where: table.has) {
            log.problem(table.place, "`chat` names no platform; there is \(listed(platforms.map(\.name)))")
        }
        return platforms.compactMap { platform in
            guard let section = table.field(platform.name)?.table(platform.section) else { return nil }
            return platform.settings(
                ChatSection(
                    table: section,
                    secrets: secrets,
                    channelNames: channels.names,
                    channel: { knownChannel($0, channels) }
                )
            )
        }
    }
}
