import Testing

@testable import BotCore

@Suite struct EncodingTests {
    @Test func everyByteIsWrittenAndReadInHexadecimal() {
        let bytes = (0...255).map(UInt8.init)
        let digits = Array(bytes.hexString.utf8)
        #expect(bytes.hexString.hasPrefix("000102") && bytes.hexString.hasSuffix("feff"))
        for (byte, place) in zip(bytes, stride(from: 0, to: 512, by: 2)) {
            #expect(Hex.value(of: digits[place]) == byte >> 4 && Hex.value(of: digits[place + 1]) == byte & 15)
        }
        #expect(Hex.value(of: UInt8(ascii: "F")) == 15)
        #expect(bytes.count { Hex.value(of: $0) != nil } == 22)
    }

    @Test(arguments: [("", ""), ("aZ09-._~", "aZ09-._~"), ("a b+c/d&", "a%20b%2Bc%2Fd%26"), ("\u{E9}\0", "%C3%A9%00")])
    func aValueIsPercentEncoded(text: String, encoded: String) { #expect(text.percentEncoded == encoded) }
}
