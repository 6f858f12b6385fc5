import BotCore

/// A description of a body whose content proves nothing, for the one who has to find out what answered there.
struct BodyDescription {
    let redactor: Redactor

    /// Completes "the API answered 502 …".
    func text(_ body: [UInt8]) -> String {
        guard let first = body.first(where: { !Self.isBlank($0) }) else { return "with an empty body" }
        if let envelope = Envelope(body) {
            let words = envelope.words(redactor, limit: Self.mostCharacters)
            return words.isEmpty ? "without a reason" : "with “\(words)”"
        }
        guard let page = Self.text(body) else { return "with \(body.count) bytes that are no text" }
        // What looks like JSON may hold, in a form that cannot be searched, what is said of people in it.
        if "{[\"".utf8.contains(first) { return "with JSON that breaks off or is no report of the API" }
        let words = redactor.excerpt(of: Self.withoutTags(page), limit: Self.mostCharacters)
        return "with a page that is no report of the API" + (words.isEmpty ? "" : " (“\(words)”)")
    }

    /// The title of a gateway's page fits.
    private static let mostCharacters = 120

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// The body if it is one in UTF-8, without the characters that no text holds: what was compressed, encrypted or in
    /// another alphabet would only look like a text.
    private static func text(_ body: [UInt8]) -> String? {
        guard let text = String(validating: body, as: UTF8.self) else { return nil }
        let isText = text.unicodeScalars.allSatisfy { scalar in
            !scalar.isControl || "\t\n\u{C}\r".unicodeScalars.contains(scalar)
        }
        return isText ? text : nil
    }

    /// The text of a page. Nothing is executed or rendered from it, so this need not be exact.
    private static func withoutTags(_ page: String) -> String {
        var kept: [UInt8] = []
        var isInTag = false
        for byte in page.utf8 {
            switch byte {
            case UInt8(ascii: "<"): isInTag = true
            case UInt8(ascii: ">") where isInTag:
                isInTag = false
                kept.append(UInt8(ascii: " "))
            default: if !isInTag { kept.append(byte) }
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
