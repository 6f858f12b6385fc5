import BotCore
import Testing

/// Ids, amounts and change numbers: ASCII digits from 1 to 2147483647, and nothing else.
struct NumberTests {
    static let right: [(String, Int)] = [
        ("1", 1), ("9", 9), ("007", 7), ("2147483646", 2_147_483_646), ("2147483647", 2_147_483_647),
    ]

    static let wrong = [
        "0", "00", "2147483648", "4294967297", "9223372036854775807", "9223372036854775808", "18446744073709551617",
        String(repeating: "9", count: 300), "-1", "-", "1.0", "1e3", "0x10", "1_000", "4x", "x4", "four", "##4", "++4",
        "4+", "½",
        "\u{FF14}", "\u{0664}", "\u{096A}", "\u{1D7DC}", "4\u{FE0F}", "4\u{FE0F}\u{20E3}", "\u{2463}", "4\u{301}", "''",
        "4;",
    ]

    /// Texts with a gap where a number stands.
    static let places = [
        "42 scale _", "42 scale +_", "42 scale to _", "42 image _", "42 ssh-keys _", "42 ssh-keys set 1000 _",
        "42 ssh-keys add _", "42 ssh-keys remove _", "42 ip attach _", "42 ip detach _", "42 sg add _",
        "42 sg remove _",
        "42 scale_cluster additional_nodes=_", "42 update_image image_version_id=_",
        "42 update_ssh_keys ssh_key_ids=1000,_",
        "42 attach_ip reserved_ip_id=_", "42 detach_ip reserved_ip_id=_", "42 add_security_group security_groups_ids=_",
        "42 remove_security_group security_group_id=_", "approve _", "deny _ no", "cancel _", "confirm _", "show _",
        "resolve _ failed no",
    ]

    /// The last underscore is the gap: the API's names have some too.
    private func text(_ place: String, _ number: String) -> String {
        let gap = place.lastIndex(of: "_") ?? place.endIndex
        return place[..<gap] + number + place[gap...].dropFirst()
    }

    @Test(arguments: places, right) func isTaken(_ place: String, _ number: (String, Int)) throws {
        let command = try Samples.grammar.understand(text(place, number.0))
        #expect(try command == Samples.grammar.understand(text(place, String(number.1))))
        #expect("\(command)".contains("\(number.1)"))
    }

    @Test(arguments: places) func anythingElseIsRefused(_ place: String) {
        // An amount may be said as a word.
        // What begins with a letter may be a name, and without anything what there is is shown.
        let takesNames = ["42 image", "42 ssh-keys", "42 ip", "42 sg"].contains { place.hasPrefix($0) }
        let isFine: Set<String> =
            takesNames ? ["four", "x4", "''"] : place.hasPrefix("42 scale ") ? ["four"] : []
        for number in Self.wrong where !isFine.contains(number) {
            #expect(throws: WrongInput.self, "\(number)") { try Samples.grammar.understand(text(place, number)) }
        }
    }

    @Test(arguments: places.filter { !$0.hasPrefix("42 scale ") }) func aPlusIsOnlyForAddingNodes(_ place: String) {
        #expect(throws: WrongInput.self) { try Samples.grammar.understand(text(place, "+4")) }
    }

    @Test(arguments: places.filter { $0.hasPrefix("42 ") }) func aSharpIsOnlyForChanges(_ place: String) {
        #expect(throws: WrongInput.self) { try Samples.grammar.understand(text(place, "#4")) }
    }

    @Test func aPlusIsNotForATotal() {
        #expect(throws: WrongInput.self) { try Samples.grammar.understand("42 scale to +12") }
    }

    @Test func theRefusalNamesTheNumberAndTheRange() {
        let zero = #expect(throws: WrongInput.self) { try Samples.grammar.understand("42 scale 0") }
        #expect(zero?.problem.contains("0 is too small: at least 1") == true)
        let large = #expect(throws: WrongInput.self) { try Samples.grammar.understand("42 scale 2147483648") }
        #expect(large?.problem.contains("2147483648 is too large: at most 2147483647") == true)
    }

    @Test func fiftyIdsAreTakenAndMoreAreNot() throws {
        func text(_ count: Int) -> String { "42 sg add " + (1...count).map(String.init).joined(separator: " ") }
        #expect(try Samples.asked(text(50)).arguments["security_groups_ids"] == .ints(Array(1...50)))
        #expect(throws: WrongInput.self) { try Samples.grammar.understand(text(51)) }
    }

    @Test func aListHasAtMostFiftyEntries() throws {
        #expect(try Samples.grammar.understand("history 50") == .history(cluster: nil, count: 50))
        for text in ["history 51", "history 0", "42 history 51", "42 history 2147483647"] {
            #expect(throws: WrongInput.self) { try Samples.grammar.understand(text) }
        }
    }
}
