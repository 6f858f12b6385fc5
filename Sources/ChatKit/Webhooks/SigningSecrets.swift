import BotCore
import Crypto

/// The secrets with which a platform signs its requests by HMAC-SHA256: one, or two while rotating.
package struct SigningSecrets: Sendable {
    /// A code for each secret, with the key already set.
    private let codes: [HMAC<SHA256>]

    /// Takes the secrets. An empty one is dropped: everybody could sign with it.
    package init(_ secrets: [Secret]) {
        codes = secrets.map { Array($0.revealed.utf8) }.filter { !$0.isEmpty }.map { HMAC(key: SymmetricKey(data: $0)) }
    }

    /// Returns whether one of the secrets gives this code for the parts, one behind the other.
    package func sign(_ parts: [UInt8]..., as code: [UInt8]) -> Bool {
        var isGenuine = false
        // All keys are tried, so that the time does not tell which one fitted.
        for var right in codes {
            for part in parts { right.update(data: part) }
            // This comparison's time does not tell where they differ.
            let fits = right.finalize() == code
            isGenuine = fits || isGenuine
        }
        return isGenuine
    }

    /// Reads the bytes of a SHA-256 code from hexadecimal digits; nil for anything else.
    ///
    /// Only lower-case digits are read: a signature has one written form.
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
