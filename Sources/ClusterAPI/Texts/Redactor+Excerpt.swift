import BotCore

extension Redactor {
    /// The length of an excerpt: enough for a sentence of the API's; more would bury what the bot itself has to say.
    static let excerptCharacters = 300

    /// A text of the API made fit to be shown: one line without control characters, secrets or personal data, and not
    /// longer than `limit`. Escaping for a chat platform is left to its renderer.
    func excerpt(of text: String, limit: Int = excerptCharacters) -> String {
        // Secrets go first, while they are whole; and again, because what follows may have joined their parts.
        let line = Self.oneLine(redacted(text))
        return Self.cut(redacted(PersonalData.removed(from: line)), to: limit)
    }

    /// The same for use inside a sentence of the bot's own: without a full stop at the end.
    func phrase(_ text: String, limit: Int = excerptCharacters) -> String {
        let shown = excerpt(of: text, limit: limit)
        return shown.hasSuffix(".") ? String(shown.dropLast()) : shown
    }

    private static func oneLine(_ text: String) -> String {
        var line = ""
        // Control characters could start lines of their own in a log; direction marks and the like change what is read.
        for (scalar, visibility) in text.visibleScalars {
            line.unicodeScalars.append(visibility == .drawn ? scalar : " ")
        }
        return line.split(separator: " ").joined(separator: " ")
    }

    private static func cut(_ text: String, to limit: Int) -> String {
        // A single character can be a letter under thousands of accents.
        let scalarsPerCharacter = 4
        var shown = String(text.prefix(limit))
        if shown.unicodeScalars.count > limit * scalarsPerCharacter {
            shown = String(String.UnicodeScalarView(shown.unicodeScalars.prefix(limit * scalarsPerCharacter)))
        }
        return shown.unicodeScalars.count == text.unicodeScalars.count ? shown : String(shown.dropLast()) + "…"
    }
}
