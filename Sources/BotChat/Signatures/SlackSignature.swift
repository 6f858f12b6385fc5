import BotCore
import Crypto
import FoundationEssentials

/// Whether a request was signed by Slack for this app, and when.
///
/// `X-Slack-Signature: v0=<64 lower-case hex digits>` is HMAC-SHA256 over `v0:<timestamp>:<raw body>`. Nothing of the
/// body is looked at before this has been checked, and to the sender every way of failing is the same "no".
struct SlackSignature: Sendable {
    /// What was found. Why a request is not genuine is for the log of those who run the bot.
    enum Verdict: Equatable {
        case genuine(signedAt: Timestamp)
        /// Signed with the secret, for a time that is not now: a clock is wrong, or somebody sends an old request again.
        case otherTime(signedAt: Timestamp)
        /// Signature or time is missing.
        case unsigned
        case wrong
    }

    /// How far the signed time may lie from ours, in either direction. Slack's own number.
    static let window = Duration.seconds(300)

    /// Twelve digits last until the year 33658; more would only serve to overflow.
    private static let longestTimestamp = 12

    /// One for each secret, which it has taken in already.
    private let codes: [HMAC<SHA256>]

    /// An empty secret is dropped: everybody could sign with it.
    init(secrets: [Secret]) {
        codes = secrets.map { Array($0.revealed.utf8) }.filter { !$0.isEmpty }.map { HMAC(key: SymmetricKey(data: $0)) }
    }

    func verdict(headers: [(name: String, value: String)], body: [UInt8], now: Timestamp) -> Verdict {
        let stamps = Self.values("x-slack-request-timestamp", in: headers)
        let signatures = Self.values("x-slack-signature", in: headers)
        guard !stamps.isEmpty, !signatures.isEmpty else { return .unsigned }
        guard stamps.count == 1, signatures.count == 1, let seconds = Self.seconds(stamps[0]),
            let code = Self.code(signatures[0])
        else { return .wrong }
        let signedAt = Timestamp(seconds: seconds)
        let isFresh = abs((now - signedAt).wholeMilliseconds) <= Self.window.wholeMilliseconds
        let prefix = Array("v0:\(stamps[0]):".utf8)
        var isGenuine = false
        // Every key is tried whatever the others said, so that the time taken does not tell which one fitted.
        for var right in codes {
            right.update(data: prefix)
            right.update(data: body)
            // Compares in a time that does not tell where they differ.
            let fits = right.finalize() == code
            isGenuine = fits || isGenuine
        }
        guard isGenuine else { return .wrong }
        return isFresh ? .genuine(signedAt: signedAt) : .otherTime(signedAt: signedAt)
    }

    private static func values(_ name: String, in headers: [(name: String, value: String)]) -> [String] {
        headers.lazy.filter { isSame($0.name, name) }.map(\.value)
    }

    /// Whether a header has this name, which is given in lower case.
    private static func isSame(_ header: String, _ name: String) -> Bool {
        header.utf8.count == name.utf8.count
            && zip(header.utf8, name.utf8).allSatisfy { letter, small in
                letter == small || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) && letter | 0x20 == small
            }
    }

    /// `Int` alone would also take a sign.
    private static func seconds(_ text: String) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (1...longestTimestamp).contains(text.utf8.count), text.utf8.allSatisfy(digits.contains) else {
            return nil
        }
        return Int(text)
    }

    private static func code(_ text: String) -> [UInt8]? {
        guard text.utf8.count == 3 + 64, text.utf8.starts(with: "v0=".utf8) else { return nil }
        var digits = text.utf8.dropFirst(3).makeIterator()
        var code: [UInt8] = []
        code.reserveCapacity(32)
        while let first = digits.next(), let second = digits.next() {
            guard let high = nibble(first), let low = nibble(second) else { return nil }
            code.append(high << 4 | low)
        }
        return code
    }

    /// Lower-case only: a second way to write a signature would be a second key to the store of seen ones.
    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
