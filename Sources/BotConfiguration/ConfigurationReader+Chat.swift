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
        if !platforms.contains(where: { table.has($0.name) || table.isMisspelt($0.name) }),
            !TableShape.laterPlatforms.contains(where: table.has)
        {
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

    /// Returns the workspaces of each platform, as ``PolicyFacts`` has them.
    func workspaces(_ top: Table, _ chat: [any ChatSettings]) -> [String: Set<String>] {
        var workspaces = Dictionary(
            chat.map { ($0.platform, $0.workspaceIDs) },
            uniquingKeysWith: { first, _ in first }
        )
        guard !top.isMisspelt("chat") else { return workspaces }
        var sections: [YAMLNode.Entry] = []
        if let node = top.field("chat")?.node {
            guard case .table(let entries) = node.content else { return workspaces }
            sections = entries
        }
        // A section of another name may be that of the platform, misspelt.
        let isClear = sections.allSatisfy { entry in platforms.contains { $0.name == entry.key } }
        for platform in platforms
        where platform.hasChannels && isClear && !sections.contains(where: { $0.key == platform.name }) {
            workspaces[platform.name] = []
        }
        return workspaces
    }
}
