/// Decodes the text of a slash command into what the person saw when they typed it.
package enum SlackText {
    /// Undoes Slack's encoding: `<…>` tokens first, then, in the rest and once, `&lt;`, `&gt;` and `&amp;`.
    ///
    /// Mentions become `@` and the id, channels `#name`, links their bare URL. A link becomes its label only where the
    /// label says the same (`node-1.example.com`, of which Slack made a link by itself): any other label could say one
    /// thing and mean another. It never fails: what is no token stays as it is.
    package static func plain(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else { return text }
        var plain: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            plain += decoded(rest[..<open])
            let inside = rest[(open + 1)...].prefix { !tokenEnds.contains($0) }
            if inside.endIndex < rest.endIndex, rest[inside.endIndex] == UInt8(ascii: ">"), !inside.isEmpty {
                plain += token(inside)
                rest = rest[(inside.endIndex + 1)...]
            } else {
                plain.append(UInt8(ascii: "<"))
                rest = rest[(open + 1)...]
            }
        }
        return String(decoding: plain + decoded(rest), as: UTF8.self)
    }

    /// The bytes that a token cannot contain, and its end.
    private static let tokenEnds = Array("<>\n\r".utf8)

    private static let schemes = ["https://", "http://", "mailto:", "tel:"].map { Array($0.utf8) }

    private static func token(_ inside: ArraySlice<UInt8>) -> [UInt8] {
        let target = inside.prefix { $0 != UInt8(ascii: "|") }
        let label = decoded(inside.dropFirst(target.count + 1))
        switch target.first {
        case UInt8(ascii: "@"): return decoded(target)
        case UInt8(ascii: "#"): return label.isEmpty ? decoded(target) : [UInt8(ascii: "#")] + label
        case UInt8(ascii: "!"): return special(target.dropFirst(), label: label)
        default:
            let url = decoded(target)
            return schemes.contains { url.starts(with: $0) && url.dropFirst($0.count).elementsEqual(label) }
                ? label : url
        }
    }

    /// Decodes the tokens with `!`: `channel`, `here`, `subteam^S123`, `date^…`.
    private static func special(_ name: ArraySlice<UInt8>, label: [UInt8]) -> [UInt8] {
        let subteam = Array("subteam^".utf8)
        if name.starts(with: subteam) { return [UInt8(ascii: "@")] + decoded(name.dropFirst(subteam.count)) }
        // A date's label is shown where dates are not understood.
        if name.starts(with: "date^".utf8), !label.isEmpty { return label }
        return [UInt8(ascii: "@")] + decoded(name)
    }

    private static let entities = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].map {
        (Array($0.utf8), Array($1.utf8))
    }

    /// Decodes from left to right, so that nothing is decoded twice: `&amp;lt;` is `&lt;`.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            if byte == UInt8(ascii: "&"), let entity = entities.first(where: { rest.starts(with: $0.0) }) {
                decoded += entity.1
                rest = rest.dropFirst(entity.0.count)
            } else {
                decoded.append(byte)
                rest = rest.dropFirst()
            }
        }
        return decoded
    }
}
