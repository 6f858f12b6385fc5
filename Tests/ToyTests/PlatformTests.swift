import BotCore
import ChatConformance
import ChatKit
import Crypto
import CurlHTTP
import Testing

/// The toy platform keeps what every platform promises.
@Suite struct PlatformTests {
    @Test(arguments: DoorPromise.allCases)
    func holdsAtTheDoor(promise: DoorPromise) throws { try promise.check(PigeonUnderTest()) }

    @Test(arguments: PosterPromise.allCases)
    func holdsForWhatIsSaid(promise: PosterPromise) async throws { try await promise.check(PigeonUnderTest()) }

    @Test(arguments: HeadPromise.allCases)
    func holdsForWhatIsReadBack(promise: HeadPromise) async throws { try await promise.check(PigeonUnderTest()) }
}

/// Pigeon post for the conformance suite.
private struct PigeonUnderTest: ChatUnderTest {
    private static let secret = "pigeon-canary"

    let account = Account(platform: "pigeon", workspace: "dove", user: "amy")
    let channel = Channel(platform: "pigeon", workspace: "dove", id: "ops")
    let secrets = [secret]
    let linkStart: String? = nil
    let settings: any ChatSettings = PigeonSettings(
        flock: "dove",
        url: "https://pigeon.example/",
        secret: Secret(secret)
    )

    func command(_ text: String, _ variation: DeliveryVariation) -> PlayedDelivery {
        signed(["text": .string(text)], id: "c", variation)
    }

    func click(_ kind: Message.Button.Kind, value: String, _ variation: DeliveryVariation) -> PlayedDelivery {
        signed(["button": .string(kind.rawValue), "value": .string(value)], id: "b", variation)
    }

    private func signed(_ members: [String: JSONValue], id: String, _ variation: DeliveryVariation) -> PlayedDelivery {
        var letter = members
        letter["app"] = .string(variation == .foreignApp ? "another" : "clusterbot")
        letter["flock"] = .string(variation == .foreignWorkspace ? "crow" : account.workspace)
        letter["bird"] = variation == .unreadable ? .null : .string(account.user)
        letter["loft"] = .string(channel.id)
        letter["id"] = .string(variation == .another ? id + "2" : id)
        let body = Array(JSONValue.object(letter).canonical.utf8)
        var stamp = "\(ChatConformance.now.seconds)"
        if case .signedEarlier(let seconds) = variation { stamp = "\(ChatConformance.now.seconds - seconds)" }
        let key = SymmetricKey(data: Array((variation == .foreignSecret ? "foreign" : Self.secret).utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(stamp).".utf8) + body, using: key)
        let signature = code.map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        let sent =
            variation == .altered
            ? Array(String(decoding: body, as: UTF8.self).replacing("ops", with: "dev").utf8) : body
        return PlayedDelivery(
            "letters",
            WebhookDelivery(
                headers: variation == .unsigned
                    ? [] : [(name: "Pigeon-Time", value: stamp), (name: "Pigeon-Signature", value: signature)],
                body: sent
            )
        )
    }

    func reply(_ reply: PlayedReply) -> PlayedTransport.Step {
        switch reply {
        case .taken: .reply(200, #"{"id":"7"}"#)
        case .tooFast: .reply(429, "{}", headers: [("retry-after", "30")])
        case .vanished: .reply(404, "{}")
        case .closedChannel: .reply(403, "{}")
        case .badCredentials: .reply(401, "{}")
        case .refusedLayout: .reply(413, "{}")
        case .serverError: .reply(503, Self.secret)
        }
    }

    /// Pigeon post shows letters as they are: nothing in a text is more than text.
    func shown(by request: CurlRequest) -> ShownMessage? {
        guard let letter = try? JSONValue(parsing: request.body ?? []), let text = letter["text"]?.string else {
            return nil
        }
        return ShownMessage(
            texts: [text],
            live: [],
            buttons: (letter["buttons"]?.array ?? []).compactMap {
                $0["kind"]?.string.flatMap(Message.Button.Kind.init)
            },
            edits: letter["replaces"]?.string,
            isPrivate: letter["private"]?.string == account.user,
            isTooLong: text.utf16.count > PigeonLetter.longestText
        )
    }
}
