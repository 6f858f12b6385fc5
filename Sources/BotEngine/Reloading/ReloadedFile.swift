import BotCore

/// The configuration's file as it was when it was re-read, for the history: whoever owns it answers for the rules in it.
package struct ReloadedFile: Hashable, Sendable {
    let path: String
    /// The name of the system's user that owns it, or the number where it has none.
    let owner: String
    let modifiedAt: Timestamp
    /// The files that it includes, whose owners answer for the rules in them.
    let included: [ReloadedFile]

    package init(path: String, owner: String, modifiedAt: Timestamp, included: [ReloadedFile] = []) {
        self.path = path
        self.owner = owner
        self.modifiedAt = modifiedAt
        self.included = included
    }

    var detail: [String: JSONValue] {
        var detail: [String: JSONValue] = [
            "file": .string(path), "owner": .string(owner), "modified_at": .string(modifiedAt.description),
        ]
        if !included.isEmpty { detail["included"] = .array(included.map { .object($0.detail) }) }
        return detail
    }
}
