import BotCore
import Testing

struct SecretTests {
    private struct Holder { let name = "key", secret: Secret, others: [String: Secret] }
    private struct Failure: Error { let secret: Secret }

    private static let text = "xoxb-very-secret"
    private let secret = Secret(text)

    private func dumped(_ value: some Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }

    @Test func itIsThereForWhoeverAsks() {
        #expect(secret.revealed == Self.text)
        #expect(secret == Secret(Self.text))
        #expect(secret != Secret("other"))
    }

    @Test func itIsNeverPrinted() {
        let holder = Holder(secret: secret, others: ["a": secret])
        let printed = [
            "\(secret)", secret.description, secret.debugDescription, String(reflecting: secret),
            String(describing: secret),
            "\(Optional(secret) as Any)", "\([secret])", "\(["a": secret])", "\(holder)", String(reflecting: holder),
            "\(Failure(secret: secret))", dumped(secret), dumped(holder), dumped([secret]),
            dumped(Optional(secret) as Any),
        ]
        for text in printed {
            #expect(!text.contains(Self.text))
            #expect(text.contains("***"))
        }
    }

    @Test func aMirrorShowsNothing() {
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(Mirror(reflecting: secret).superclassMirror == nil)
        #expect(Mirror(reflecting: Holder(secret: secret, others: [:])).descendant("secret", "value") == nil)
    }
}
