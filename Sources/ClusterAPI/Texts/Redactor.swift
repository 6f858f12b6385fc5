import BotCore

/// A filter that takes the configured keys and tokens out of every text that leaves this module, however they are spelled.
struct Redactor: Sendable {
    static let replacement = "[secret removed]"

    /// The secrets, the longest first: where one begins with another, no rest may stay behind.
    private let secrets: [[UInt8]]

    init(_ secrets: [Secret]) {
        self.secrets = Set(secrets.map(\.revealed)).filter { !$0.isEmpty }.map { Array($0.utf8) }
            .sorted { ($0.count, $1.hexString) > ($1.count, $0.hexString) }
    }

    /// Makes a redactor for the secrets of all projects: a reply to one may repeat those of another.
    init(_ settings: ClusterAPISettings) {
        self.init(settings.projects.values.flatMap { [$0.apiKey, $0.token] })
    }

    /// The text without the secrets: as they are, percent-encoded, or escaped as in JSON, also in mixtures.
    ///
    /// Works on bytes: compared as characters, a secret with a combining mark behind it would not be found.
    func redacted(_ text: String) -> String {
        guard !secrets.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if let end = secrets.lazy.compactMap({ Self.end(of: $0, in: bytes, at: position) }).first {
                kept += Array(Self.replacement.utf8)
                position = end
            } else {
                kept.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func end(of secret: [UInt8], in text: [UInt8], at start: Int) -> Int? {
        let first = text[start]
        guard first == secret[0] || first == percent || first == backslash || first == plus else { return nil }
        // More than one at a time only where the secret itself contains `%` or a backslash.
        var ends: Set<Int> = [start]
        for byte in secret {
            ends = Set(ends.flatMap { spellings(of: byte, in: text, at: $0) })
            if ends.isEmpty { return nil }
        }
        return ends.max()
    }

    /// The positions after this byte, one for each way in which the text may spell it here.
    private static func spellings(of byte: UInt8, in text: [UInt8], at position: Int) -> [Int] {
        guard position < text.count else { return [] }
        let found = text[position]
        var ends: [Int] = []
        if found == byte || found == plus && byte == UInt8(ascii: " ") { ends.append(position + 1) }
        if found == percent, hexValue(text, position + 1, digits: 2) == Int(byte) { ends.append(position + 3) }
        if found == backslash, position + 1 < text.count {
            if text[position + 1] == byte { ends.append(position + 2) }
            if text[position + 1] == UInt8(ascii: "u"), hexValue(text, position + 2, digits: 4) == Int(byte) {
                ends.append(position + 6)
            }
        }
        return ends
    }

    private static func hexValue(_ text: [UInt8], _ start: Int, digits: Int) -> Int? {
        guard start + digits <= text.count else { return nil }
        return Int(String(decoding: text[start..<start + digits], as: UTF8.self), radix: 16)
    }

    private static let percent = UInt8(ascii: "%")
    private static let backslash = UInt8(ascii: "\\")
    private static let plus = UInt8(ascii: "+")
}
