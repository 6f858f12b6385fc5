import BotCore

/// Writes accounts and channels into columns, in the form of ``PlatformReference``, and reads them back.
enum StoredIdentity {
    static func text(_ account: Account?) throws -> String? {
        guard let account else { return nil }
        return try text(account.description, [account.platform, account.workspace, account.user])
    }

    static func text(_ channel: Channel) throws -> String {
        try text(channel.description, [channel.platform, channel.workspace, channel.id])
    }

    static func account(_ text: String) -> Account? { Account(text) }

    static func channel(_ text: String) -> Channel? { Channel(text) }

    /// Reads an actor from three columns: person, account, name.
    static func actor(_ row: inout StoredRow) throws -> Actor {
        Actor(person: try row.optionalText(), account: try row.optionalParsed(account), name: try row.text())
    }

    /// Returns the text if it can be read back.
    /// - Throws: ``StoreError/Code/conflict`` if it could not.
    private static func text(_ written: String, _ parts: [String]) throws -> String {
        guard parts.allSatisfy(PlatformReference.isID) else {
            throw StoreError(.conflict, "\(written) has a part that is empty or cannot be seen, so it names nobody.")
        }
        return written
    }
}
