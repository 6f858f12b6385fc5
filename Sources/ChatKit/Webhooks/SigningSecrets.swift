import BotCore
import Crypto

/// The secrets with which a platform signs its requests by HMAC-SHA256: one, or two while rotating.
package struct SigningSecrets: Sendable {
    /// One for each secret, which it has taken in already.
    private let codes: [HMAC<SHA256>]

    /// An empty secret is dropped: everybody could sign with it.
    package init(_ secrets: [Secret]) {
        codes = secrets.map { Array($0.revealed.utf8) }.filter { !$0.isEmpty }.map { HMAC(key: SymmetricKey(data: $0)) }
    }

    /// Whether one of the secrets gives this code over the parts, one behind the other.
    package func sign(_ parts: [UInt8]..., as code: [UInt8]) -> Bool {
        var isGenuine = false
        // Every key is tried whatever the others said, so that the time taken does not tell which one fitted.
        for var right in codes {
            for part in parts { right.update(data: part) }
            // Compares in a time that does not tell where they differ.
            let fits = right.finalize() == code
            isGenuine = fits || isGenuine
        }
        return isGenuine
    }

    /// The bytes of a SHA-256 code in hexadecimal digits.
    ///
    /// Lower-case only: a second way to write a signature would be a second key to the store of seen ones.
    package static func code(hex text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        var digits = text.utf8.makeIterator()
        var code: [UInt8] = []
        code.reserveCapacity(32)
        while let first = digits.next(), let second = digits.next() {
            guard let high = nibble(first), let low = nibble(second) else { return nil }
            code.append(high << 4 | low)
        }
        return code
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
