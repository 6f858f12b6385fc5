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

    /// Lists the mistakes in the blocks of a message, in Slack's form: `[ERROR] … [json-pointer:/blocks/0/…]`.
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
