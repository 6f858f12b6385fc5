/// All addresses that begin with the same bits.
struct AddressRange: Hashable {
    let prefix: [UInt8]
    let bits: Int

    init(_ prefix: [UInt8], _ bits: Int) {
        self.prefix = prefix
        self.bits = bits
    }

    /// Whether an address of the same version, in network order, is one of them.
    func contains(_ address: [UInt8]) -> Bool {
        var left = bits
        for (index, byte) in prefix.enumerated() where left > 0 {
            let mask: UInt8 = left >= 8 ? 0xff : 0xff << UInt8(8 - left)
            if address[index] & mask != byte & mask { return false }
            left -= 8
        }
        return true
    }
}
