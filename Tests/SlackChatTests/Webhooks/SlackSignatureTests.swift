import BotCore
import FoundationEssentials
import Testing

@testable import SlackChat

@Suite struct SlackSignatureTests {
    /// Slack's own example, from its page about verifying requests.
    private static let vectorBody = Array(
        ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
            + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
            + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c").utf8
    )
    private static let vectorCode = "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    private static let vectorTime = 1_531_420_618

    private let signature = SlackSignature(secrets: [Secret(SignedSlack.secret)])
    private let body = Array("text=42+scale+4".utf8)
    private let now = SignedSlack.now

    private func accepts(stamp: String? = nil, code: String? = nil, body changed: [UInt8]? = nil) -> Bool {
        let stamp = stamp ?? String(now.seconds)
        let code = code ?? SignedSlack.signature(body, at: stamp)
        let headers = [(name: "x-slack-request-timestamp", value: stamp), (name: "x-slack-signature", value: code)]
        return signature.signedTime(headers: headers, body: changed ?? body, now: now) != nil
    }

    @Test func slacksPublishedExampleIsGenuine() {
        let headers = [
            (name: "X-Slack-Request-Timestamp", value: String(Self.vectorTime)),
            (name: "X-Slack-Signature", value: "v0=" + Self.vectorCode),
        ]
        let now = Timestamp(seconds: Self.vectorTime + 7)
        let signedAt = signature.signedTime(headers: headers, body: Self.vectorBody, now: now)
        #expect(signedAt == Timestamp(seconds: Self.vectorTime))
    }

    @Test func everyFlippedBitOfTheSignatureIsRefused() throws {
        let genuine = SignedSlack.signature(body, at: String(now.seconds))
        #expect(accepts(code: genuine))
        let digits = Array("0123456789abcdef")
        for bit in 0..<256 {
            var code = Array(genuine)
            let index = 3 + bit / 4
            let nibble = try #require(code[index].hexDigitValue) ^ (1 << (bit % 4))
            code[index] = digits[nibble]
            #expect(!accepts(code: String(code)), "bit \(bit)")
        }
    }

    @Test func everyFlippedBitOfTheBodyIsRefused() {
        let code = SignedSlack.signature(body, at: String(now.seconds))
        for bit in 0..<(body.count * 8) {
            var changed = body
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(!accepts(code: code, body: changed), "bit \(bit)")
        }
        #expect(!accepts(code: code, body: body + [0]))
        #expect(!accepts(code: code, body: Array(body.dropLast())))
    }

    @Test(arguments: [(-301, false), (-300, true), (-299, true), (0, true), (299, true), (300, true), (301, false)])
    func signedTimesWithinFiveMinutesAreFresh(offset: Int, isFresh: Bool) {
        #expect(accepts(stamp: String(now.seconds + offset)) == isFresh)
    }

    @Test func aMillisecondBeyondTheWindowIsTooMuch() {
        let stamp = String(now.seconds - 300)
        let later = now + .milliseconds(1)
        #expect(signature.signedTime(headers: SignedSlack.headers(body, at: stamp), body: body, now: later) == nil)
    }

    @Test(arguments: [
        "", "abc", "+1800000000", "-1800000000", " 1800000000", "1800000000 ", "1800000000.0", "0x6b49d200",
        "1_800_000_000",
        "１８００００００００", "١٨٠٠٠٠٠٠٠٠", "18000000000000000000000000", "9223372036854775807", "-1", "0", "1e9",
        "1800000000\n",
    ])
    func timestampsThatAreNoPlainNumberAreRefusedThoughSigned(stamp: String) {
        #expect(!accepts(stamp: stamp))
    }

    @Test(arguments: [
        "", "v0=", "v0", "=", "v0=zz",
    ])
    func brokenSignaturesAreRefused(code: String) {
        #expect(!accepts(code: code))
    }

    @Test func onlyTheExactWritingOfASignatureCounts() {
        let code = SignedSlack.signature(body, at: String(now.seconds))
        let digits = String(code.dropFirst(3))
        let others = [
            digits, "v0=" + digits.uppercased(), "V0=" + digits, "v1=" + digits, "v0:" + digits, code + "0", code + " ",
            " " + code, String(code.dropLast()), "v0=" + String(digits.dropLast(2)), "v0=v0=" + digits,
            "\(code),\(code)", "v0=" + digits.replacing("a", with: "а"),
            "v0=\u{301}" + digits, "v0=\u{200D}" + digits,
        ]
        for other in others { #expect(!accepts(code: other), "\(other)") }
    }

    @Test func eachHeaderMustBeThereExactlyOnce() {
        let headers = SignedSlack.headers(body, at: String(now.seconds))
        let wrong = [[], [headers[0]], [headers[1]], headers + [headers[0]], headers + [headers[1]], headers + headers]
        for headers in wrong { #expect(signature.signedTime(headers: headers, body: body, now: now) == nil) }
        let differing = headers + [(name: "x-slack-signature", value: "v0=" + String(repeating: "0", count: 64))]
        #expect(signature.signedTime(headers: differing, body: body, now: now) == nil)
        #expect(signature.signedTime(headers: headers.reversed(), body: body, now: now) == now)
    }

    @Test func twoSecretsMayBeActiveAndARetiredOneIsNot() {
        let rotating = SlackSignature(secrets: [Secret("new"), Secret("old")])
        let done = SlackSignature(secrets: [Secret("new")])
        for (secret, before, after) in [("new", true, true), ("old", true, false), ("other", false, false)] {
            let headers = SignedSlack.headers(body, at: String(now.seconds), secret: secret)
            #expect((rotating.signedTime(headers: headers, body: body, now: now) != nil) == before, "\(secret)")
            #expect((done.signedTime(headers: headers, body: body, now: now) != nil) == after, "\(secret)")
        }
    }

    @Test func withoutASecretNothingIsGenuine() {
        let headers = SignedSlack.headers(body, at: String(now.seconds), secret: "")
        #expect(SlackSignature(secrets: []).signedTime(headers: headers, body: body, now: now) == nil)
        #expect(SlackSignature(secrets: [Secret("")]).signedTime(headers: headers, body: body, now: now) == nil)
    }
}
