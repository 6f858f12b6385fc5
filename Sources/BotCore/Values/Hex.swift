/// Hexadecimal digits: read in either case, written in lower case.
package enum Hex {
    /// The number that a digit stands for; nil for a byte that is none.
    package static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The digit for a number below 16.
    static func digit(_ number: UInt8) -> UInt8 {
        number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "a") + number - 10
    }
}

extension Collection<UInt8> {
    /// The bytes as lower-case hexadecimal digits.
    package var hexString: String {
        String(unsafeUninitializedCapacity: 2 * count) { text in
            var end = 0
            for byte in self {
                text[end] = Hex.digit(byte >> 4)
                text[end + 1] = Hex.digit(byte & 15)
                end += 2
            }
            return end
        }
    }
}
