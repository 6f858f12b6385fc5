import BotCore
import ChatKit

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

    private let secrets: SigningSecrets

    init(secrets: [Secret]) { self.secrets = SigningSecrets(secrets) }

    func verdict(headers: [(name: String, value: String)], body: [UInt8], now: Timestamp) -> Verdict {
        let stamps = Self.values("x-slack-request-timestamp", in: headers)
        let signatures = Self.values("x-slack-signature", in: headers)
        guard !stamps.isEmpty, !signatures.isEmpty else { return .unsigned }
        guard stamps.count == 1, signatures.count == 1, let seconds = Self.seconds(stamps[0]),
            let code = Self.code(signatures[0])
        else { return .wrong }
        let signedAt = Timestamp(seconds: seconds)
        let isFresh = abs((now - signedAt).wholeMilliseconds) <= Self.window.wholeMilliseconds
        guard secrets.sign(Array("v0:\(stamps[0]):".utf8), body, as: code) else { return .wrong }
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
        text.utf8.starts(with: "v0=".utf8) ? SigningSecrets.code(hex: text.dropFirst(3)) : nil
    }
}
