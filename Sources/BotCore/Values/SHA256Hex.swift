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

/// Lower-case hexadecimal SHA-256 of the UTF-8 bytes of a text, and of others that follow it.
package func sha256Hex(_ text: String, _ others: String...) -> String {
    var hash = SHA256()
    hash.update(text)
    for other in others { hash.update(other) }
    return hash.hexString
}

extension SHA256 {
    fileprivate mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }

    fileprivate var hexString: String { finalize().withUnsafeBytes(\.hexString) }
}
