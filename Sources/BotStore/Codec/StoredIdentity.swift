import BotCore

/// Accounts and channels as `platform:workspace/id`, the form that the rest of the bot shows.
enum StoredIdentity {
    static func text(_ account: Account?) throws -> String? {
        guard let account else { return nil }
        return try text(account.platform, account.workspace, account.user)
    }

    static func text(_ channel: Channel) throws -> String { try text(channel.platform, channel.workspace, channel.id) }

    static func account(_ text: String) -> Account? {
        parts(text).map { Account(platform: $0.platform, workspace: $0.workspace, user: $0.id) }
    }

    static func channel(_ text: String) -> Channel? {
        parts(text).map { Channel(platform: $0.platform, workspace: $0.workspace, id: $0.id) }
    }

    /// Three columns: person, account, name.
    static func actor(_ row: inout StoredRow) throws -> Actor {
        Actor(person: try row.optionalText(), account: try row.optionalParsed(account), name: try row.text())
    }

    /// Refuses what would be read back as somebody else.
    private static func text(_ platform: String, _ workspace: String, _ id: String) throws -> String {
        guard !platform.utf8.contains(UInt8(ascii: ":")), !workspace.utf8.contains(UInt8(ascii: "/")) else {
            throw StoreError(.conflict, "\(platform):\(workspace)/\(id) could be read back as somebody else.")
        }
        return "\(platform):\(workspace)/\(id)"
    }

    private static func parts(_ text: String) -> (platform: String, workspace: String, id: String)? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = text[text.index(after: colon)...]
        guard let slash = rest.firstIndex(of: "/") else { return nil }
        return (String(text[..<colon]), String(rest[..<slash]), String(rest[rest.index(after: slash)...]))
    }
}
