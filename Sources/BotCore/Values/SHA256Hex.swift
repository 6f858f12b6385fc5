import Crypto

/// Lower-case hexadecimal SHA-256 of some bytes: 64 characters.
package func sha256Hex(_ bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    let isHashed: Void? = bytes.withContiguousStorageIfAvailable {
        hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil { hash.update(data: Array(bytes)) }
    return hash.hexString
}

/// Lower-case hexadecimal SHA-256 of the UTF-8 bytes of texts that follow each other.
package func sha256Hex(_ texts: String...) -> String {
    var hash = SHA256()
    for var text in texts {
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
    return hash.hexString
}

extension SHA256 {
    fileprivate var hexString: String { finalize().withUnsafeBytes(\.hexString) }
}

extension Collection<UInt8> {
    /// The bytes as lower-case hexadecimal digits.
    package var hexString: String {
        String(unsafeUninitializedCapacity: 2 * count) { text in
            var end = 0
            for byte in self {
                text[end] = (byte >> 4).hexDigit
                text[end + 1] = (byte & 15).hexDigit
                end += 2
            }
            return end
        }
    }
}

extension UInt8 {
    /// Of a number below 16.
    fileprivate var hexDigit: UInt8 { self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") + self - 10 }
}
