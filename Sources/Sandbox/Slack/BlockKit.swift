/// Block Kit's rules for messages, checked as strictly as Slack documents them. Lengths are UTF-16 units, which is never
/// more lenient than what Slack counts.
enum BlockKit {
    /// Slack's limits.
    enum Limit {
        static let blocks = 50
        static let sectionText = 3000
        static let fields = 10
        static let field = 2000
        static let header = 150
        static let contextElements = 10
        static let actionElements = 25
        static let identifier = 255
        static let buttonText = 75
        static let buttonValue = 2000
        static let url = 3000
        static let confirmTitle = 100
        static let confirmText = 300
        static let confirmButton = 30
        static let options = 100
        static let overflowOptions = 5
        static let optionText = 75
        static let optionValue = 150
        static let placeholder = 150
        static let altText = 2000
        static let inputLabel = 2000
        static let markdown = 12_000
    }

    /// What is wrong with the blocks of a message, in Slack's form: `[ERROR] … [json-pointer:/blocks/0/…]`.
    static func problems(in blocks: SandboxJSON) -> [String] {
        var check = BlockCheck()
        guard let items = blocks.array else { return ["[ERROR] must be an array [json-pointer:/blocks]"] }
        if items.count > Limit.blocks { check.fail("no more than \(Limit.blocks) items allowed", at: "/blocks") }
        var identifiers: Set<String> = []
        for (index, block) in items.enumerated() {
            let place = "/blocks/\(index)"
            if let id = block["block_id"]?.string, !identifiers.insert(id).inserted {
                check.fail("`block_id` must be unique: \(id)", at: place)
            }
            check.block(block, at: place)
        }
        let markdown = items.filter { $0["type"] == "markdown" }.compactMap { $0["text"]?.string?.utf16.count }.reduce(
            0,
            +
        )
        if markdown > Limit.markdown { check.fail("must be less than \(Limit.markdown + 1) characters", at: "/blocks") }
        return check.problems
    }

    /// The blocks as Slack stores them: every block has a `block_id`.
    static func withIdentifiers(_ blocks: SandboxJSON, generate: () -> String) -> SandboxJSON {
        .array(
            (blocks.array ?? []).map { block in
                var block = block
                if block["block_id"] == nil { block["block_id"] = .string(generate()) }
                return block
            }
        )
    }
}

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
