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
}

@Suite struct BrokenConfigurationTests {
    @Test(arguments: BrokenConfiguration.files + BrokenConfiguration.service + BrokenConfiguration.clusters)
    func aMistakeInTheSetUpIsFoundWhereItIs(_ broken: BrokenConfiguration) throws { try check(broken) }

    @Test(arguments: BrokenConfiguration.people + BrokenConfiguration.rules + BrokenConfiguration.chat)
    func aMistakeInThePolicyIsFoundWhereItIs(_ broken: BrokenConfiguration) throws { try check(broken) }

    @Test(arguments: BrokenConfiguration.notYet)
    func whatComesLaterIsRefusedByName(_ broken: BrokenConfiguration) throws {
        try check(broken)
        #expect(broken.message.contains("not supported yet"))
    }

    @Test func theTableIsLong() {
        let all =
            BrokenConfiguration.files + BrokenConfiguration.service + BrokenConfiguration.clusters
            + BrokenConfiguration.people
            + BrokenConfiguration.rules + BrokenConfiguration.chat + BrokenConfiguration.notYet
        #expect(all.count >= 80)
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
