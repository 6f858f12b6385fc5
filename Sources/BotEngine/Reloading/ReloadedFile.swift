import BotCore

/// The configuration's file as it was when it was re-read, for the history: whoever owns it answers for the rules in it.
package struct ReloadedFile: Hashable, Sendable {
    let path: String
    /// The name of the system's user that owns it, or the number where it has none.
    let owner: String
    let modifiedAt: Timestamp

    package init(path: String, owner: String, modifiedAt: Timestamp) {
        self.path = path
        self.owner = owner
        self.modifiedAt = modifiedAt
    }

    var detail: [String: JSONValue] {
        ["file": .string(path), "owner": .string(owner), "modified_at": .string(modifiedAt.description)]
    }
}
