import ConfigurationTree
import Testing

@testable import BotConfiguration

/// One mistake: the section that holds it, with `¦` where it must be found, and a part of what must be said.
struct BrokenConfiguration: Sendable, CustomTestStringConvertible {
    let section: String
    let fragment: String
    let message: String

    /// - Parameter section: which part of the fixture the fragment replaces; `whole` for all of it.
    init(_ section: String, _ fragment: String, _ message: String) {
        self.section = section
        self.fragment = fragment
        self.message = message
    }

    var testDescription: String { "\(section): \(message)" }

    /// The file, and where its mistake is.
    var fileAndPlace: (text: String, place: Place) {
        let marked = section == "whole" ? fragment : Fixture.text([section: fragment])
        let before = marked.prefix { $0 != "¦" }
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        let place = Place(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
        return (marked.replacing("¦", with: ""), place)
    }

    /// The place of a rule's part, in a policy of one rule.
    static func rule(_ fragment: String, _ message: String) -> Self {
        Self("policy", "policy:\n  - \(fragment)", message)
    }

    /// The place of a label in a rule that must reach every cluster, where one cluster does not carry it.
    static func forgotten(_ fragment: String) -> Self {
        Self(
            "whole",
            Fixture.text([
                "labels": "",
                "clusters": """
                clusters:
                  - {id: 42, name: prod-train, project: vision, labels: {env: prod}}
                  - {id: 43, name: forgotten, project: vision}
                """,
                "policy": "policy:\n  - \(fragment)",
            ]),
            "would not reach `forgotten`"
        )
    }
}

@Suite struct BrokenConfigurationTests {
    @Test(arguments: BrokenConfiguration.files + BrokenConfiguration.service + BrokenConfiguration.clusters)
    func aMistakeInTheSetUpIsFoundWhereItIs(_ broken: BrokenConfiguration) throws { try check(broken) }

    @Test(arguments: BrokenConfiguration.people + BrokenConfiguration.rules + BrokenConfiguration.chat)
    func aMistakeInThePolicyIsFoundWhereItIs(_ broken: BrokenConfiguration) throws { try check(broken) }

    @Test(
        arguments: BrokenConfiguration.variables + BrokenConfiguration.comments + BrokenConfiguration.durations
            + BrokenConfiguration.characters + BrokenConfiguration.stores + BrokenConfiguration.terminals
    )
    func whatIsSpelledAsElsewhereIsAnsweredWithHowItIsSpelledHere(_ broken: BrokenConfiguration) throws {
        try check(broken)
    }

    @Test(arguments: BrokenConfiguration.templates + BrokenConfiguration.combined)
    func aMistakeInWhatRulesMeanTogetherIsFoundWhereItIs(_ broken: BrokenConfiguration) throws { try check(broken) }
    @Test(arguments: BrokenConfiguration.userGroups)
    func aMistakeInAUserGroupIsFoundWhereItIs(_ broken: BrokenConfiguration) throws { try check(broken) }

    @Test(arguments: BrokenConfiguration.freezes)
    func aMistakeInAFreezeIsFoundWhereItIs(_ broken: BrokenConfiguration) throws { try check(broken) }

    @Test(arguments: BrokenConfiguration.following)
    func oneMistakeBringsOneMessage(_ broken: BrokenConfiguration) throws { try check(broken) }

    /// Where a definition is mistyped, its uses are named in the one message about it.
    @Test func theOtherPlacesOfAnUnknownNameAreInItsMessage() throws {
        let groups =
            "groups:\n  leads: {people: [bob, carol]}\n  engineers: {people: [dan]}\n  others: {people: [dan, amy]}"
        let problems = try Fixture.load(Fixture.text(["groups": groups])).problems
        let line = try #require(problems.first?.line)
        #expect(problems.count == 1)
        #expect(problems.first?.message.hasSuffix("(the same on line \(line + 1))") == true, "\(problems)")
    }

    /// What a language needs stays in comments and names.
    @Test(arguments: [
        "# \u{43F}\u{440}\u{430}\u{432}\u{438}\u{43B}\u{430} \u{434}\u{43B}\u{44F} dev\ncontact: help",
        "contact: M\u{FC}ller",
        "contact: \u{41E}\u{43B}\u{44F}", "# \u{1F469}\u{200D}\u{1F4BB}\ncontact: help", "contact: \u{2764}\u{FE0F}",
        "contact: dev-\u{43F}\u{440}\u{430}\u{432}\u{438}\u{43B}\u{43E}", "contact: \"a # b\"",
    ])
    func textOfOtherLanguagesIsTaken(section: String) throws {
        #expect(try Fixture.load(Fixture.text(["contact": section])).problems == [])
    }

    @Test(arguments: BrokenConfiguration.notYet + BrokenConfiguration.notYetEither)
    func whatComesLaterIsRefusedByName(_ broken: BrokenConfiguration) throws {
        try check(broken)
        #expect(broken.message.contains("not supported yet"))
    }

    @Test func theTableIsLong() {
        let all =
            BrokenConfiguration.files + BrokenConfiguration.service + BrokenConfiguration.clusters
            + BrokenConfiguration.people
            + BrokenConfiguration.rules + BrokenConfiguration.groupCalls + BrokenConfiguration.chat
            + BrokenConfiguration.notYet
            + BrokenConfiguration.notYetEither + BrokenConfiguration.variables + BrokenConfiguration.comments
            + BrokenConfiguration.durations + BrokenConfiguration.characters + BrokenConfiguration.stores
            + BrokenConfiguration.terminals + BrokenConfiguration.following + BrokenConfiguration.userGroups
            + BrokenConfiguration.templates + BrokenConfiguration.combined + BrokenConfiguration.freezes
        #expect(all.count >= 470)
        #expect(all.allSatisfy { $0.fragment.contains("¦") })
    }

    /// Exactly one problem, at the place, saying what it should and nothing secret.
    private func check(_ broken: BrokenConfiguration) throws {
        let (text, place) = broken.fileAndPlace
        let loaded = try Fixture.load(text)
        #expect(loaded.configuration == nil)
        #expect(loaded.problems.count == 1, "\(loaded.problems)")
        let problem = try #require(loaded.problems.first)
        #expect(problem.line == place.line && problem.column == place.column, "\(problem) should be at \(place)")
        #expect(problem.message.contains(broken.message), "\(problem)")
        for problem in loaded.problems + loaded.warnings {
            #expect(!problem.message.contains("canary"), "\(problem)")
            #expect(!problem.message.contains("\n"))
        }
    }
}
