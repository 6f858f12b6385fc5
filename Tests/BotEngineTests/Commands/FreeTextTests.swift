import BotCore
import Testing

/// Reasons and comments without quotes: they go on to the end of the line, and swallow no option in any spelling.
struct FreeTextTests {
    /// What phones and keyboards make of two hyphens and a word.
    static let planSpellings = [
        "--plan", "\u{2014}plan", "\u{2013}plan", "\u{2012}plan", "\u{2015}plan", "\u{2010}\u{2010}plan",
        "\u{2011}\u{2011}plan", "\u{2212}\u{2212}plan", "\u{2014}Plan", "--Plan", "--PLAN", "- -plan",
        "\u{2013} \u{2013}plan",
        "-\u{2014}plan", "\u{2014}\u{200B}plan", "\u{FE63}\u{FE63}plan", "\u{FF0D}\u{FF0D}plan", "-plan",
        "\u{2011}plan",
        "\u{2E3A}plan", "--plan.", "--plan!", "\u{A0}\u{2014}plan\u{A0}", "--dry-run", "\u{2014}dry\u{2011}run",
    ]

    @Test(
        arguments: planSpellings,
        ["because more room", "--reason more room", "\u{2014}Reason more room", "BECAUSE more room"]
    )
    func aPlanAtTheEndIsUnderstood(_ plan: String, _ reason: String) throws {
        let asked = try Samples.asked("42 scale 4 \(reason) \(plan)")
        #expect(asked.planOnly)
        #expect(asked.reason == "more room")
    }

    @Test(arguments: planSpellings) func aPlanWithoutReasonIsUnderstood(_ plan: String) throws {
        #expect(try Samples.asked("42 restart cluster \(plan)").planOnly)
        #expect(try Samples.asked("42 restart cluster \(plan)").reason == nil)
    }

    @Test(
        arguments: planSpellings,
        ["approve 1", "approve 1 looks good", "confirm 1", "cancel 1", "deny 1 not now", "resolve 1 failed x"]
    )
    func decisionsHaveNoPlan(_ plan: String, _ decision: String) {
        let wrong = #expect(throws: WrongInput.self) { try Samples.grammar.understand("\(decision) \(plan)") }
        #expect(wrong?.problem.contains("Nothing was done") == true, "\(wrong?.problem ?? "")")
        #expect(wrong?.problem.contains("no plan of its own") == true)
        #expect(wrong?.example == "show 1")
    }

    struct Refused: Sendable {
        let typed: String
        let right: String
    }

    static let refused = [
        Refused(
            typed: "42 scale 4 because the --emergency flag failed",
            right: #"42 scale 4 --reason "the --emergency flag failed""#
        ),
        Refused(typed: "42 scale 4 because —Plan it now", right: #"42 scale 4 --reason "—Plan it now""#),
        Refused(typed: "42 scale 4 --reason a --plan b", right: #"42 scale 4 --reason "a --plan b""#),
        Refused(typed: "42 scale 4 because a --reason b", right: #"42 scale 4 --reason "a --reason b""#),
        Refused(typed: "42 scale 4 because of it (--plan)", right: #"42 scale 4 --reason "of it (--plan)""#),
        Refused(typed: "42 scale 4 because of it -- plan", right: #"42 scale 4 --reason "of it -- plan""#),
        Refused(typed: "42 scale 4 because of it — plan", right: #"42 scale 4 --reason "of it — plan""#),
        Refused(typed: "42 scale 4 because of `--plan`", right: "42 scale 4 --reason \"of '--plan'\""),
        Refused(typed: "42 scale 4 because at 5 --at 22:00", right: #"42 scale 4 --reason "at 5 --at 22:00""#),
        Refused(typed: "42 scale 4 because x --in 2h --plan", right: #"42 scale 4 --reason "x --in 2h --plan""#),
        Refused(typed: "42 scale 4 because x --plan=yes", right: #"42 scale 4 --reason "x --plan=yes""#),
        Refused(typed: "42 scale 4 --plan because x --for 2h", right: #"42 scale 4 --plan --reason "x --for 2h""#),
        Refused(typed: "approve 3 see --plan above", right: #"approve 3 "see --plan above""#),
        Refused(typed: "deny 3 the --emergency flag", right: #"deny 3 "the --emergency flag""#),
        Refused(typed: "deny 3 say \"it\" with \u{2013}reason", right: "deny 3 \"say 'it' with \u{2013}reason\""),
        Refused(typed: "resolve 3 failed saw --in log", right: #"resolve 3 failed "saw --in log""#),
    ]

    @Test(arguments: refused) func anOptionInsideIsRefusedWithTheLineAsItWouldBeRight(_ one: Refused) throws {
        let wrong = try #require(throws: WrongInput.self) { try Samples.grammar.understand(one.typed) }
        #expect(wrong.problem.contains("Nothing was done"))
        #expect(wrong.example == one.right)
        #expect(throws: Never.self) { try Samples.grammar.understand(wrong.example) }
    }

    @Test(arguments: [
        "42 scale 4 because", "42 scale 4 --reason", "42 scale 4 because --plan", "42 scale 4 because please",
        "42 scale 4 --reason \" \"", "42 scale 4 because '\u{3164}'", "deny 3 because", "deny 3 --reason",
        "approve 3 because",
        "approve 3 --reason ''", "42 scale 4 because \"more", "deny 3 \"not now", "approve 3 'ok", "deny 3 please",
        "42 scale 4 because \u{2018}more", "deny 3 'it --plan, isn't it",
    ]) func aReasonWithoutTextOrWithAnOpenQuoteIsWrong(_ text: String) {
        #expect(throws: WrongInput.self) { try Samples.grammar.understand(text) }
    }

    @Test func insideClosedQuotesNothingIsAnOption() throws {
        #expect(try Samples.asked(#"42 scale 4 because "the --emergency flag" --plan"#).planOnly)
        #expect(try Samples.asked(#"42 scale 4 because "x --plan""#).planOnly == false)
        #expect(try Samples.asked(#"42 scale 4 because "x --plan""#).reason == "x --plan")
        #expect(try Samples.asked(#"42 --reason "a b" scale 4"#).reason == "a b")
        #expect(try Samples.asked(#"42 --plan --reason 'don't' scale 4"#).reason == "don't")
        #expect(
            try Samples.grammar.understand(#"deny 3 the "--emergency" flag"#)
                == .deny(change: 3, reason: #"the "--emergency" flag"#)
        )
    }

    @Test func itGoesOnToTheEndOfTheLine() throws {
        #expect(
            try Samples.asked("42 scale 4 because jobs, and more jobs, are queued").reason
                == "jobs, and more jobs, are queued"
        )
        #expect(try Samples.asked("42 scale 4 --reason more room").reason == "more room")
        #expect(try Samples.asked("42 scale 4 because it's — at last — full").reason == "it's — at last — full")
        #expect(
            try Samples.asked("42 scale 4 because —done, --force and sed --in-place").reason
                == "—done, --force and sed --in-place"
        )
    }

    @Test func theWordsInFrontOfAReasonAreNoPartOfIt() throws {
        let reason = "not during training"
        for text in [
            "deny 2 --reason \"not during training\"", "deny 2 \u{2014}reason not during training",
            "deny 2 because not during training", "deny 2 \u{201C}not during training\u{201D}",
            "deny 2 not during training",
        ] {
            #expect(try Samples.grammar.understand(text) == .deny(change: 2, reason: reason), "\(text)")
        }
        #expect(
            try Samples.grammar.understand("approve 2 --reason 'fine'")
                == .approve(change: 2, comment: "fine", digest: nil)
        )
        #expect(
            try Samples.grammar.understand("resolve 2 succeeded because 12 nodes are there")
                == .resolve(change: 2, succeeded: true, reason: "12 nodes are there")
        )
        #expect(try Samples.grammar.understand("deny 2 \"because\"") == .deny(change: 2, reason: "because"))
    }

    @Test(arguments: [
        "approve 3 4", "approve #3 #4", "approve 3, 4", "approve 3 and 4", "approve 3 & 4", "approve 3 - 5",
        "approve 3 \u{2013} 5",
        "approve 3 4 looks good", "approve 3 \u{FF14}", "deny 3 4 not now", "cancel 3 4", "confirm 3 4", "show 3 4",
        "resolve 3 4 succeeded I saw it",
    ]) func twoNumbersAreRefused(_ text: String) {
        let wrong = #expect(throws: WrongInput.self) { try Samples.grammar.understand(text) }
        #expect(wrong?.problem.contains("One change at a time") == true)
    }

    @Test func aQuotedNumberIsAText() throws {
        #expect(
            try Samples.grammar.understand("deny 3 \"4 nodes are enough\"")
                == .deny(change: 3, reason: "4 nodes are enough")
        )
    }

    @Test func thePlanThatWasSeenCanBeNamed() throws {
        #expect(
            try Samples.grammar.understand("approve 3 plan 01182A52 ok")
                == .approve(change: 3, comment: "ok", digest: "01182a52")
        )
        #expect(
            try Samples.grammar.understand("confirm 3 PLAN 01182a520768") == .confirm(change: 3, digest: "01182a520768")
        )
        #expect(
            try Samples.grammar.understand("approve 3 \"plan is good\"")
                == .approve(change: 3, comment: "plan is good", digest: nil)
        )
    }

    @Test(arguments: [
        "approve 3 plan", "approve 3 plan 0118", "approve 3 plan looks good", "approve 3 plan 01182a5g",
        "confirm 3 plan",
        "confirm 3 plan 1234567", "approve 3 plan \(String(repeating: "a", count: 65))",
        "approve 3 plan \u{FF10}1182a52", "approve 3 --plan 01182a52",
    ]) func whatNamesNoPlanIsWrong(_ text: String) throws {
        let wrong = try #require(throws: WrongInput.self) { try Samples.grammar.understand(text) }
        #expect(wrong.problem.contains("Nothing was done"))
        #expect(throws: Never.self, "\(wrong.example)") { try Samples.grammar.understand(wrong.example) }
    }

    @Test func marksAreBoundedPerCharacterAndFillersGo() throws {
        let zalgo = "a" + String(repeating: "\u{301}", count: 500) + "b"
        let reason = try #require(try Samples.asked("42 scale 4 --reason '\(zalgo)'").reason)
        #expect(reason.unicodeScalars.count < 10)
        #expect(reason.hasSuffix("b"))
        #expect(try Samples.asked("42 scale 4 --reason 'a\u{34F}\u{E0100}b'").reason == "ab")
        #expect(try Samples.asked("42 scale 4 --reason '❤️ ok'").reason == "❤️ ok")
    }

    @Test(arguments: [
        "\u{3164}", "\u{115F}", "\u{1160}", "\u{2800}", "\u{34F}", "\u{FE0F}", "\u{E0100}", "\u{FFA0}", "\u{17B4}",
        "\u{2003}",
    ])
    func aReasonOfFillersIsNone(_ filler: String) {
        for text in ["42 scale 4 --reason '\(filler)'", "deny 3 \(filler)\(filler)", "42 scale 4 because \(filler)"] {
            #expect(throws: WrongInput.self) { try Samples.grammar.understand(text) }
        }
        #expect(
            (try? Samples.grammar.understand("approve 3 \(filler)")) == .approve(change: 3, comment: nil, digest: nil)
        )
    }
}
