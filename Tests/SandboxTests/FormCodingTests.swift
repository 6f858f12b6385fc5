import Testing

@testable import Sandbox

struct FormCodingTests {
    @Test("what is encoded is decoded again", arguments: ["", "a b", "a+b", "100%", "ü€😀", "x=y&z", "\n\"'<>", "%41"])
    func roundTrip(text: String) {
        #expect(FormCoding.decode(FormCoding.encode([("k", text), ("other", "1")])) == ["k": text, "other": "1"])
    }

    @Test("broken escapes stay as they are")
    func broken() {
        #expect(FormCoding.decode("a=%&b=%4&c=%zz&d") == ["a": "%", "b": "%4", "c": "%zz", "d": ""])
    }
}
