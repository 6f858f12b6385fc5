import BotCore
import ChatKit
import Testing

@Suite struct SigningSecretsTests {
    /// RFC 4231, test case 2.
    private static let key = Secret("Jefe")
    private static let message = Array("what do ya want for nothing?".utf8)
    private static let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

    private func signs(_ secrets: [Secret], _ message: [UInt8] = message) -> Bool {
        guard let code = SigningSecrets.code(hex: Self.hex) else { return false }
        return SigningSecrets(secrets).sign(message, as: code)
    }

    @Test func thePublishedExampleIsGenuine() {
        #expect(signs([Self.key]))
        #expect(signs([Secret("new"), Self.key]))
        #expect(signs([Self.key, Secret("new")]))
    }

    @Test func partsAreSignedOneBehindTheOther() throws {
        let code = try #require(SigningSecrets.code(hex: Self.hex))
        let secrets = SigningSecrets([Self.key])
        #expect(secrets.sign(Array(Self.message.prefix(5)), Array(Self.message.dropFirst(5)), as: code))
        #expect(!secrets.sign(Array(Self.message.dropFirst(5)), Array(Self.message.prefix(5)), as: code))
        #expect(!secrets.sign(Self.message, as: Array(code.dropLast())))
    }

    @Test func anotherSecretOrMessageIsNot() {
        #expect(!signs([Secret("jefe")]))
        #expect(!signs([Self.key], Self.message + [0]))
        #expect(!signs([]))
        #expect(!signs([Secret("")]))
    }

    /// HMAC of an empty message under an empty key, which everybody can compute.
    @Test func nobodySignsWithAnEmptySecret() throws {
        let open = try #require(
            SigningSecrets.code(hex: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        )
        #expect(!SigningSecrets([Secret("")]).sign([], as: open))
    }

    @Test(arguments: ["", "5b", hex.uppercased(), hex + "00", String(hex.dropLast()), String(hex.dropLast()) + "g"])
    func onlyTheExactWritingOfACodeCounts(text: String) {
        #expect(SigningSecrets.code(hex: text) == nil)
    }
}
