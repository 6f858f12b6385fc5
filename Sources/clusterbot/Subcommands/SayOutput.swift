import BotCore

/// Prints what comes of a command: results on standard output, everything else on standard error.
struct SayOutput: Sendable {
    let isJSON: Bool

    /// Prints a result, which as JSON comes at the end only.
    func result(_ text: String) {
        guard !text.isEmpty else { return }
        if isJSON { StandardError.write(text) } else { StandardOutput.write(text) }
    }

    /// Prints what is no result.
    func remark(_ text: String) { StandardError.write(text) }

    func end(answer: String, change: Int?, state: ChangeState?, text: String) {
        guard isJSON else { return }
        let document: [String: JSONValue] = [
            "answer": .string(answer), "change": change.map(JSONValue.int) ?? .null,
            "state": .optional(state?.rawValue), "text": .string(text),
        ]
        StandardOutput.write(TerminalText.json(JSONValue.object(document).canonical))
    }
}
