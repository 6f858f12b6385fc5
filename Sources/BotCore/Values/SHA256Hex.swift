import Crypto

/// Lower-case hexadecimal SHA-256 of some bytes: 64 characters.
package func sha256Hex(_ bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    let isHashed: Void? = bytes.withContiguousStorageIfAvailable {
        hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil { hash.update(data: Array(bytes)) }
    return hash.finalize().hexString
}

/// Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes.
package func sha256Hex(_ text: String) -> String { sha256Hex(text.utf8) }

extension Sequence<UInt8> {
    /// The bytes as lower-case hexadecimal digits.
    package var hexString: String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * underestimatedCount)
        for byte in self {
            text.append((byte >> 4).hexDigit)
            text.append((byte & 15).hexDigit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension UInt8 {
    /// Of a number below 16.
    fileprivate var hexDigit: UInt8 { self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") + self - 10 }
}
