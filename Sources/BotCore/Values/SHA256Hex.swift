import Crypto

/// Lower-case hexadecimal SHA-256 of some bytes: 64 characters.
package func sha256Hex(_ bytes: some Sequence<UInt8>) -> String {
    SHA256.hash(data: Array(bytes)).hexString
}

/// Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes.
package func sha256Hex(_ text: String) -> String { sha256Hex(text.utf8) }

extension Sequence<UInt8> {
    /// The bytes as lower-case hexadecimal digits.
    package var hexString: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
