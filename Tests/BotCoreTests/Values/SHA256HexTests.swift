import BotCore
import Testing

struct SHA256HexTests {
    /// By the tool `sha256sum`.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("ü", "607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f"),
    ]) func isTheDigestOfTheUTF8Bytes(_ text: String, _ digest: String) {
        #expect(sha256Hex(text) == digest)
        #expect(sha256Hex(Array(text.utf8)) == digest)
    }

    @Test func bytesAreTwoLowerCaseDigitsEach() {
        #expect(([0x00, 0x0A, 0xA0, 0xFF] as [UInt8]).hexString == "000aa0ff")
        #expect(([] as [UInt8]).hexString.isEmpty)
    }
}
