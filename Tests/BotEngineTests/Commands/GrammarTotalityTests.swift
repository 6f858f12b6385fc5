import BotCore
import TestSupport
import Testing

/// Whatever is typed: a command, or a problem with an example that is right. Never a crash.
struct GrammarTotalityTests {
    static let texts = 20_000
    static let seed: UInt64 = 20_261_123

    /// Whole words and torn ones, quotes, dashes, separators and characters that are not what they look like.
    static let pieces: [String] =
        [
            "42", "43", "44", "prod-train", "PROD-TRAIN", "dev-train", "scale", "to", "+4", "4", "-4", "12", "0", "007",
            "#17", "17",
            "##", "2147483647", "2147483648", "99999999999999999999999999", "restart", "workers", "cluster", "image",
            "ssh-keys",
            "set", "add", "remove", "ip", "attach", "detach", "reserved", "sg", "status", "history", "help", "list",
            "pending",
            "approve", "deny", "cancel", "confirm", "resolve", "succeeded", "failed", "show", "why", "who", "can",
            "whoami",
            "version", "undo", "lock", "--reason", "--plan", "--", "\u{2014}reason", "\u{2013}plan", "--reason=\"x\"",
            "scale_cluster",
            "additional_nodes=", "additional_nodes=4", "=", "==", "update_ssh_keys", "ssh_key_ids=11,12",
            "ssh_key_ids=", "detach_ip",
            "reserved_ip_id=9", "ip_type=reserved", "restart_cluster", "remove_security_group", "security_group_id=3",
            "more room",
        ]
        + [
            "\"", "\"", "'", "\u{201C}", "\u{201D}", "\u{2019}", "`", "```", ",", ",,", ".", "\\", "/", "*", "<@U1>",
            "&amp;", "%s",
        ]
        + [
            "\u{A0}", "\u{200B}", "\u{200D}", "\u{FEFF}", "\u{202E}", "\u{0}", "\u{7F}", "\u{2028}", "\u{301}",
            "\u{FE0F}", "\u{20E3}",
        ]
        + [
            "\u{0664}", "\u{FF14}", "\u{130}", "\u{212A}", "ß", "ﬀ", "한", "e\u{301}", "👩‍💻", "🇮🇳", "\u{E0041}",
            "\u{10FFFF}", "\n", "\r\n",
        ]

    private func text(_ random: inout SplitMix64) -> String {
        var text = ""
        // Half of them begin like a command, so that more than the first word is tried.
        if Bool.random(using: &random) {
            text = ["42 ", "dev-train ", "why 42 ", "approve ", "42 scale "].randomElement(using: &random) ?? ""
        }
        for _ in 0..<Int.random(in: 0...7, using: &random) {
            text += Self.pieces.randomElement(using: &random) ?? ""
            if Int.random(in: 0..<5, using: &random) > 0 { text += " " }
        }
        return text
    }

    @Test func everyTextIsACommandOrAProblemWithAnExampleThatIsRight() {
        var random = SplitMix64(seed: Self.seed)
        var examples: Set<String> = []
        var commands = 0
        for _ in 0..<Self.texts {
            let text = text(&random)
            do throws(WrongInput) {
                _ = try Samples.grammar.understand(text)
                commands += 1
            } catch {
                #expect(!error.problem.isEmpty)
                guard examples.insert(error.example).inserted else { continue }
                #expect(throws: Never.self, "\(text) → \(error.example)") {
                    try Samples.grammar.understand(error.example)
                }
            }
        }
        // The generator is no use if it makes only rubbish, or only sense.
        #expect(commands > Self.texts / 50)
        #expect(commands < Self.texts / 2)
        #expect(examples.count > 30)
    }

    @Test func aNumberThatIsSentWasTypedInDigits() {
        var random = SplitMix64(seed: Self.seed &+ 2)
        var seen = 0
        for _ in 0..<5000 {
            let text = "42 scale " + text(&random)
            guard case .change(let asked)? = try? Samples.grammar.understand(text),
                let number = asked.arguments["additional_nodes"]?.int ?? asked.arguments["to"]?.int
            else { continue }
            seen += 1
            #expect((1...2_147_483_647).contains(number))
            let visible = text.unicodeScalars.filter { !"\u{200B}\u{200D}\u{FEFF}".unicodeScalars.contains($0) }
            #expect(String(String.UnicodeScalarView(visible)).contains(String(number)), "\(text)")
        }
        #expect(seen > 50)
    }
}
