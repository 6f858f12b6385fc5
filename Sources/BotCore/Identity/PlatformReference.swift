/// The written form that accounts and channels share, `platform:workspace/id`. Nothing else reads or writes it.
///
/// Ids are whatever the platform has: `@amy:example.org`, `19:abc@thread.tacv2`. Within a part `%`, `/`, `:` and a space are
/// written as `%25`, `%2F`, `%3A` and `%20`, and nothing else is coded. So every reference has one written form, and every
/// written form one reading: the platform ends at the first `:`, the workspace at the first `/`, and the rest is the id.
package struct PlatformReference: Hashable, Sendable {
    package let platform: String
    package let workspace: String
    package let id: String

    /// Reads the written form. Nil where a part is missing or is no id, and where anything is written in another way.
    package init?(_ text: String) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            let slash = text.utf8[colon...].firstIndex(of: UInt8(ascii: "/")),
            let platform = Self.decoded(text[..<colon]),
            let workspace = Self.decoded(text[text.utf8.index(after: colon)..<slash]),
            let id = Self.decoded(text[text.utf8.index(after: slash)...])
        else { return nil }
        self.platform = platform
        self.workspace = workspace
        self.id = id
    }

    /// The written form of three parts. Where one of them is no id (``isID(_:)``), it cannot be read back.
    package static func written(_ platform: String, _ workspace: String, _ id: String) -> String {
        "\(coded(platform)):\(coded(workspace))/\(coded(id))"
    }

    /// Whether a text can be a part: it is not empty, and a reader sees all of it.
    package static func isID(_ text: some StringProtocol) -> Bool {
        guard let first = text.unicodeScalars.first, !first.isMark else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.visibility == .drawn && (scalar == " " || !scalar.properties.isWhitespace)
        }
    }

    /// Whether two ids are the same, byte by byte: equal texts of Swift may be written in different characters.
    static func isSame(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

    private static func code(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "%"): "%25"
        case UInt8(ascii: "/"): "%2F"
        case UInt8(ascii: ":"): "%3A"
        case UInt8(ascii: " "): "%20"
        default: nil
        }
    }

    private static func coded(_ part: String) -> String {
        guard part.utf8.contains(where: { code(of: $0) != nil }) else { return part }
        return String(decoding: part.utf8.flatMap { code(of: $0).map { Array($0.utf8) } ?? [$0] }, as: UTF8.self)
    }

    private static func decoded(_ part: Substring) -> String? {
        var decoded: [UInt8] = []
        var rest = part.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard
                    let plain = "%/: ".utf8.first(where: {
                        code(of: $0)?.utf8.dropFirst().elementsEqual(rest.prefix(2)) == true
                    })
                else { return nil }
                decoded.append(plain)
                rest = rest.dropFirst(2)
            } else {
                guard code(of: byte) == nil else { return nil }
                decoded.append(byte)
            }
        }
        let text = String(decoding: decoded, as: UTF8.self)
        return isID(text) ? text : nil
    }
}
