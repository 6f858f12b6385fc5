/// A text in the form of a gzip file (RFC 1952), of one block that is stored and not compressed (RFC 1951, 3.2.4).
package enum Gzip {
    /// - Parameter text: at most 65535 bytes in UTF-8.
    package static func file(of text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let length = UInt16(bytes.count)
        var file: [UInt8] = [31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 1]
        file += little(length) + little(~length)
        file += bytes
        file += little(checksum(bytes)) + little(UInt32(length))
        return file
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }

    private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
