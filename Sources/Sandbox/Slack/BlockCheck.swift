/// Collects what is wrong with blocks.
struct BlockCheck {
    private(set) var problems: [String] = []

    mutating func fail(_ problem: String, at place: String) {
        problems.append("[ERROR] \(problem) [json-pointer:\(place)]")
    }

    /// True if all members of the object are known ones; reports the others.
    mutating func members(_ value: SandboxJSON, _ known: Set<String>, at place: String) {
        guard let members = value.object else { return fail("must be an object", at: place) }
        for name in members.keys.sorted() where !known.contains(name) {
            fail("invalid additional property: \(name)", at: place)
        }
    }

    /// A string member with a longest length.
    mutating func string(_ value: SandboxJSON, _ name: String, upTo limit: Int, required: Bool, at place: String) {
        guard let member = value[name] else {
            if required { fail("missing required field: \(name)", at: place) }
            return
        }
        guard let text = member.string else { return fail("must be a string", at: "\(place)/\(name)") }
        if text.isEmpty { fail("must be more than 0 characters", at: "\(place)/\(name)") }
        if text.utf16.count > limit { fail("must be less than \(limit + 1) characters", at: "\(place)/\(name)") }
    }

    /// A text object.
    mutating func text(
        _ value: SandboxJSON?,
        upTo limit: Int,
        plainOnly: Bool,
        required: Bool = true,
        at place: String
    ) {
        guard let value else {
            if required { fail("missing required field: text", at: place) }
            return
        }
        let type = value["type"]?.string
        switch type {
        case "plain_text": members(value, ["type", "text", "emoji"], at: place)
        case "mrkdwn" where !plainOnly: members(value, ["type", "text", "verbatim"], at: place)
        default:
            fail(plainOnly ? "must be one of: plain_text" : "must be one of: plain_text, mrkdwn", at: "\(place)/type")
        }
        string(value, "text", upTo: limit, required: true, at: place)
    }

    /// An array member with a number of items.
    mutating func items(_ value: SandboxJSON, _ name: String, upTo limit: Int, at place: String) -> [SandboxJSON] {
        guard let member = value[name] else {
            fail("missing required field: \(name)", at: place)
            return []
        }
        guard let items = member.array else {
            fail("must be an array", at: "\(place)/\(name)")
            return []
        }
        if items.isEmpty { fail("no less than 1 items allowed", at: "\(place)/\(name)") }
        if items.count > limit { fail("no more than \(limit) items allowed", at: "\(place)/\(name)") }
        return items
    }
}
