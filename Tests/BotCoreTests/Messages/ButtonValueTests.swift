import BotCore
import Testing

struct ButtonValueTests {
    private static let digest = String(repeating: "0123456789abcdef", count: 4)

    @Test func comesBackAsItWasSent() throws {
        for value in [ButtonValue(change: 17, digest: Self.digest), ButtonValue(change: 1, digest: nil)] {
            #expect(try #require(ButtonValue(value.description)) == value)
        }
        #expect(ButtonValue(change: 17, digest: Self.digest).description == "17.\(Self.digest)")
        #expect(ButtonValue(change: 17, digest: nil).description == "17.")
    }

    @Test(arguments: [
        "", ".", "17", "x.", "0.", "-1.", "+17.", "017.", " 17.", "17. ", "17.5", "9223372036854775808.",
        "17.\(digest).",
        "17.\(digest)0", "17.\(digest.dropLast())", "17.\(digest.uppercased())", "17.\(digest.dropLast())g",
        "17.\(digest.dropLast(2))é", "\u{FF11}.", "17.\(digest)\n",
    ]) func whatTheBotDidNotMakeIsRefused(_ text: String) {
        #expect(ButtonValue(text) == nil)
    }
}
