import BotCore
import ChatKit
import Crypto
import SlackChat

/// Signature and headers: a request is taken for genuine exactly if a computation of our own over the same bytes says so.
///
/// The input is a request: lines `Name: value`, an empty line, the body. No fuzzer finds a signature, so that `{first}` and
/// `{second}` in a value stand for the hexadecimal digits that the two secrets give, `{other}` for those of a foreign one.
enum SignatureCheck {
    static func run(_ input: [UInt8]) throws {
        let (head, body) = split(input)
        let headers = Signing.filled(fields(head), body: body)
        let isGenuine = Signing.isGenuine(headers, body: body)
        for endpoint in SlackEndpoint.allCases {
            let request = Door.receiver.receive(endpoint, headers: headers, body: body)
            try require(accepts(request) == isGenuine, "\(endpoint): genuine is \(isGenuine), but \(request)")
            guard case .answer(let answer) = request, !isGenuine else { continue }
            try require(answer.body.isEmpty, "what is not signed is answered with a body")
        }
    }

    /// Slack's probe of the certificate is answered without a signature, and does nothing.
    private static func accepts(_ request: WebhookMeaning) -> Bool {
        guard case .answer(let answer) = request else { return true }
        return answer.status != 401 && answer.outcome.rawValue != WebhookOutcome.sslCheck.rawValue
    }

    private static func split(_ input: [UInt8]) -> (head: [UInt8], body: [UInt8]) {
        let end = input.indices.first { input[$0...].starts(with: [0x0A, 0x0A]) }
        guard let end else { return (input, []) }
        return (Array(input[..<end]), Array(input[(end + 2)...]))
    }

    /// Header lines as an HTTP server lets them through: names are ASCII tokens.
    private static func fields(_ head: [UInt8]) -> [(name: String, value: String)] {
        head.split(separator: 0x0A).compactMap { line in
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = line[..<colon]
            guard !name.isEmpty, name.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
            let value = line[(colon + 1)...].drop { $0 == 0x20 }
            return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
        }
    }
}

/// The door of the bot as all checks use it.
enum Door {
    static let now = Timestamp(seconds: 1_800_000_000)
    static let secrets = ["8f742231b10e8888abcd99yyyzzz85a5", "the second of two while rotating"]
    static let receiver = SlackReceiver(
        settings: SlackSettings(
            appID: "A0001",
            workspaces: ["T0001": nil, "T0002": nil],
            signingSecrets: secrets.map { Secret($0) }
        ),
        clock: StandingClock()
    )

    /// Signs a body and hands it in.
    static func receive(_ endpoint: SlackEndpoint, _ body: [UInt8]) -> WebhookMeaning {
        let stamp = "\(now.seconds)"
        let headers = [
            (name: "X-Slack-Request-Timestamp", value: stamp),
            (name: "X-Slack-Signature", value: "v0=" + Signing.code(secrets[0], stamp, body)),
        ]
        return receiver.receive(endpoint, headers: headers, body: body)
    }

    private struct StandingClock: BotClock {
        var now: Timestamp { Door.now }
        var uptime: Duration { .zero }
        func sleep(_ duration: Duration) async throws {}
    }
}

/// Slack's signature, put together from SHA-256 alone and compared as text.
enum Signing {
    private static let digits = Set("0123456789")

    static func isGenuine(_ headers: [(name: String, value: String)], body: [UInt8]) -> Bool {
        let stamps = values("x-slack-request-timestamp", headers)
        let signatures = values("x-slack-signature", headers)
        guard stamps.count == 1, signatures.count == 1, let seconds = Int(stamps[0]),
            stamps[0].unicodeScalars.allSatisfy({ digits.contains(Character($0)) }), stamps[0].utf8.count <= 12,
            abs(seconds - Door.now.seconds) <= 300
        else { return false }
        return Door.secrets.contains { Array("v0=\(code($0, stamps[0], body))".utf8) == Array(signatures[0].utf8) }
    }

    /// Puts the right digits in where the input asks for them.
    static func filled(_ fields: [(name: String, value: String)], body: [UInt8]) -> [(name: String, value: String)] {
        let stamp = values("x-slack-request-timestamp", fields).first ?? ""
        return fields.map { field in
            guard field.value.contains("{") else { return field }
            var value = field.value
            for (mark, secret) in [("{first}", Door.secrets[0]), ("{second}", Door.secrets[1]), ("{other}", "foreign")]
            {
                value = value.replacing(mark, with: code(secret, stamp, body))
            }
            return (field.name, value)
        }
    }

    private static func values(_ name: String, _ headers: [(name: String, value: String)]) -> [String] {
        headers.filter { header in
            header.name.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }.elementsEqual(name.utf8)
        }.map(\.value)
    }

    /// HMAC-SHA256 (RFC 2104) in lower-case hexadecimal digits.
    static func code(_ secret: String, _ stamp: String, _ body: [UInt8]) -> String {
        var key = Array(secret.utf8)
        if key.count > 64 { key = Array(SHA256.hash(data: key)) }
        key += [UInt8](repeating: 0, count: 64 - key.count)
        var inner = SHA256()
        inner.update(data: key.map { $0 ^ 0x36 })
        inner.update(data: Array("v0:\(stamp):".utf8))
        inner.update(data: body)
        var outer = SHA256()
        outer.update(data: key.map { $0 ^ 0x5C })
        outer.update(data: Array(inner.finalize()))
        return Array(outer.finalize()).hexString
    }
}
