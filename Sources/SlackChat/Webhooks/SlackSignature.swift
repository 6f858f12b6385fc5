import BotCore
import ChatKit

/// Checks whether a request was signed by Slack for this app, and when.
///
/// `X-Slack-Signature: v0=<64 lower-case hex digits>` is HMAC-SHA256 over `v0:<timestamp>:<raw body>`. Nothing of the
/// body is read before this was checked, and the sender gets the same answer for every way of failing.
struct SlackSignature: Sendable {
    /// The result. The reason why a request is not genuine is only for the log.
    enum Verdict: Equatable {
        case genuine(signedAt: Timestamp)
        /// It is signed with the secret, but for a time that is not now: a clock is wrong, or somebody replays an old
        /// request.
        case otherTime(signedAt: Timestamp)
        /// The signature or the time is missing.
        case unsigned
        case wrong
    }

    /// The farthest that the signed time may lie from the bot's clock, in either direction. It is Slack's own number.
    static let window = Duration.seconds(300)

    /// The most digits of a time. Twelve last until the year 33658; more could only overflow.
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

    /// Returns whether a header has this name, which is given in lower case.
    private static func isSame(_ header: String, _ name: String) -> Bool {
        header.utf8.count == name.utf8.count
            && zip(header.utf8, name.utf8).allSatisfy { letter, small in
                letter == small || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) && letter | 0x20 == small
            }
    }

    /// Reads the seconds from digits only: `Int` alone would take a sign, too.
    private static func seconds(_ text: String) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (1...longestTimestamp).contains(text.utf8.count), text.utf8.allSatisfy(digits.contains) else {
            return nil
        }
        return Int(text)
    }

    /// By bytes: a mark that combines with the `=` would be dropped with it.
    private static func code(_ text: String) -> [UInt8]? {
        text.utf8.starts(with: "v0=".utf8) ? SigningSecrets.code(hex: Substring(text[...].utf8.dropFirst(3))) : nil
    }
}
