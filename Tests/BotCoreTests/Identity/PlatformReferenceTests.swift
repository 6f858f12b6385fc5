import BotCore
import TestSupport
import Testing

@Suite struct PlatformReferenceTests {
    /// What ids are made of, and what they are coded as, so that parts of codes come together too.
    private static let pieces = [
        "a", "Z", "9", "@", ":", "/", "%", " ", "%25", "%2F", "3A", "20", "ü", "名", ".", "_", "-",
    ]

    @Test func everyIDIsReadBackAsItself() throws {
        var numbers = SplitMix64(seed: 17)
        var written: [String: [String]] = [:]
        for _ in 0..<20_000 {
            let parts = (0..<3).map { _ in
                (0..<Int.random(in: 1...5, using: &numbers)).map { _ in Self.pieces.randomElement(using: &numbers) ?? ""
                }
                .joined()
            }
            let text = PlatformReference.written(parts[0], parts[1], parts[2])
            let read = try #require(PlatformReference(text), "\(text)")
            #expect([read.platform, read.workspace, read.id] == parts)
            #expect(written.updateValue(parts, forKey: text) ?? parts == parts, "\(text) is written for two")
        }
    }

    @Test func everyTextThatIsReadIsTheOneThatIsWritten() {
        var numbers = SplitMix64(seed: 18)
        var read = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 3...9, using: &numbers))
                .map { _ in (Self.pieces + [":", "/"]).randomElement(using: &numbers) ?? "" }.joined()
            guard let reference = PlatformReference(text) else { continue }
            read += 1
            #expect(PlatformReference.written(reference.platform, reference.workspace, reference.id) == text)
        }
        #expect(read > 100)
    }

    @Test(arguments: ["", "\n", "a\u{0}", "\u{200B}", "\u{301}a", "a\u{3000}", "\u{2028}", "\u{115F}"])
    func whatCannotBeSeenIsNoID(text: String) {
        #expect(!PlatformReference.isID(text))
        #expect(PlatformReference(PlatformReference.written("a", "b", text)) == nil)
    }
}
