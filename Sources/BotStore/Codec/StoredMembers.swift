import BotCore

/// The members of asked user groups as JSON: `{"chat:TEAM/GROUP":["chat:TEAM/USER"]}`.
enum StoredMembers {
    /// - Throws: ``StoreError/Code/conflict`` if a name could not be read back.
    static func encode(_ asked: AskedMembers) throws -> String {
        if asked.isEmpty { return "{}" }
        var members: [String: JSONValue] = [:]
        for (group, accounts) in asked.byGroup {
            let texts = try accounts.compactMap { try StoredIdentity.text($0) }.sorted()
            members[group.description] = .array(texts.map(JSONValue.string))
        }
        return JSONValue.object(members).canonical
    }

    /// Nil where it is anything else. If a member were lost, somebody would no longer count.
    static func decode(_ text: String) -> AskedMembers? {
        if text == "{}" { return AskedMembers() }
        guard let members = (try? JSONValue(parsing: text))?.object else { return nil }
        var asked: [UserGroup: Set<Account>] = [:]
        for (name, value) in members {
            guard let group = UserGroup(name), let items = value.array else { return nil }
            let accounts = items.compactMap { $0.string.flatMap { Account($0) } }
            guard accounts.count == items.count else { return nil }
            asked[group] = Set(accounts)
        }
        return AskedMembers(asked)
    }
}
