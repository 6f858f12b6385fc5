import BotCore
import ConfigurationTree
import Foundation
import TestSupport
import Testing

@testable import BotConfiguration

/// One mistake in what is included: the value of `include`, and the files beside the configuration. `¦` stands in one of them,
/// where the mistake must be found.
struct BrokenInclude: Sendable, CustomTestStringConvertible {
    let include: String
    let files: [String: String]
    let message: String

    /// - Parameter files: their texts by path.
    init(_ include: String, _ files: [String: String] = [:], _ message: String) {
        self.include = include
        self.files = files
        self.message = message
    }

    /// A mistake in the one file that is included.
    static func file(_ text: String, _ message: String) -> Self {
        Self("[policy.d/*.yaml]", ["policy.d/a.yaml": text], message)
    }

    /// A mistake in the one rule of the one file.
    static func rule(_ fragment: String, _ message: String) -> Self { file("policy:\n  - \(fragment)", message) }

    var testDescription: String { "\(include): \(message)" }

    private static let fine = "policy:\n  - {name: more, allow: [scale_cluster], who: [engineers]}\n"

    /// What is wrong with the pattern itself, or with what it finds.
    static let patterns: [Self] = [
        Self("¦policy.d/a.yaml", ["policy.d/a.yaml": fine], "must be a list"),
        Self("¦[]", [:], "is empty"),
        Self("¦{}", [:], "must be a list"),
        Self("[¦[policy.d/a.yaml]]", [:], "not a list"),
        Self("[¦\"\"]", [:], "one line of 1 to 200 characters"),
        Self("[¦policy.d/*.yaml]", [:], "the folder `policy.d/` is not there"),
        Self("[¦policy.d/*.yaml]", ["policy.d/a.yml": fine], "no file fits `policy.d/*.yaml`"),
        Self("[¦policy.d/*.yaml]", ["policy.d/.hidden.yaml": fine], "no file fits"),
        Self("[¦policy.d/?.yaml]", ["policy.d/ab.yaml": fine], "no file fits"),
        Self("[¦policy.d/a.yaml]", [:], "there is no file `policy.d/a.yaml`"),
        Self("[policy.d/a.yaml, ¦policy.d/b.yaml]", ["policy.d/a.yaml": fine], "there is no file `policy.d/b.yaml`"),
        Self("[¦policy.d]", ["policy.d/a.yaml": fine], "is a folder; name the files in it, as in `policy.d/*.yaml`"),
        Self("[¦policy.d/]", ["policy.d/a.yaml": fine], "this is a folder"),
        Self("[¦.]", [:], "this is a folder"), Self("[¦..]", [:], "this is a folder"),
        Self("[¦\"*/a.yaml\"]", ["policy.d/a.yaml": fine], "only in the last part"),
        Self("[¦\"**/*.yaml\"]", ["policy.d/a.yaml": fine], "only in the last part"),
        Self("[¦\"policy.d/**\"]", ["policy.d/a.yaml": fine], "only in the last part"),
        Self("[¦\"policy.d/[ab].yaml\"]", ["policy.d/a.yaml": fine], "only `*` and `?`"),
        Self("[¦\"policy.d/{a,b}.yaml\"]", ["policy.d/a.yaml": fine], "only `*` and `?`"),
        Self("[¦\"policy.d/!a.yaml\"]", ["policy.d/a.yaml": fine], "only `*` and `?`"),
        Self("[¦~/policy.yaml]", [:], "`~` stands for nothing here"),
        Self("[¦$HOME/policy.yaml]", [:], "`$` stands for nothing here"),
        Self("[¦\"https://example.com/policy.yaml\"]", [:], "rules come from files only"),
        Self("[¦policy.d/../a.yaml]", ["a.yaml": fine], "only at the beginning"),
        Self("[¦\"*.yaml\"]", [:], "fits the configuration itself"),
        Self("[¦clusterbot.yaml]", [:], "fits the configuration itself"),
        Self("[¦./clusterbot.yaml]", [:], "fits the configuration itself"),
        Self("[policy.d/a.yaml, ¦policy.d/a.yaml]", ["policy.d/a.yaml": fine], "included twice; name each file once"),
        Self("[policy.d/*.yaml, ¦./policy.d/a.yaml]", ["policy.d/a.yaml": fine], "included twice"),
    ]

    /// What is wrong in the file that is included. Each is found there.
    static let contents: [Self] = [
        file("¦", "the file is empty"), file("¦# nothing\n", "the file is empty"),
        file("¦- {name: a, allow: [changes], who: [engineers]}", "holds `policy:` with a list of rules, not a list"),
        file("¦just text", "not a single value"),
        file("¦{}", "the key `policy` is missing"), file("policy: ¦none", "must be a list"),
        file("policy:\n¦\t- a", "indent with spaces"),
        file("policy: []\n¦---\npolicy: []\n", "one file holds one document"),
        file("policy: []\n¦policy: []\n", "is there twice"),
        file("policy: []\n¦include: [b.yaml]\n", "an included file includes no others"),
        file("¦include: [b.yaml]\n", "an included file includes no others"),
        file("policy: []\n¦groups: {leads: {people: [amy]}}\n", "`groups` belongs into the configuration itself"),
        file("policy: []\n¦people: []\n", "holds `policy:` only"),
        file("policy: []\n¦approval_default: {}\n", "holds `policy:` only"),
        file("policy: []\n¦destructive: []\n", "holds `policy:` only"),
        file("policy: []\n¦reason: {required: [restart_cluster]}\n", "holds `policy:` only"),
        file("policy: []\n¦chat: {}\n", "holds `policy:` only"),
        file("¦polcy: []\n", "did you mean `policy`?"), file("policy: []\n¦rules: []\n", "unknown key `rules`"),
        rule("¦{allow: [changes], who: [engineers]}", "the key `name` is missing"),
        rule("{name: b, allow: [changes], who: [¦engineer]}", "did you mean `engineers`?"),
        rule("{name: b, allow: [¦scale], who: [engineers]}", "`scale` is not a right"),
        rule("{name: b, allow: [changes], who: [engineers], in: [¦obs]}", "did you mean `ops`?"),
        rule("{name: b, allow: [changes], who: [¦\"{env}\"]}", "becomes `prod` on `prod-train`"),
        rule("{name: b, allow: [changes], who: [engineers], clusters: {ids: [¦99]}}", "there is no cluster 99"),
        rule("{name: b, require: {approvals: [{from: ¦owners}]}}", "is not one of `groups`"),
        rule("{name: b, allow: [changes], who: [engineers], needs: ¦approval}", "`needs` must be"),
        rule("{name: ¦all, allow: [resolve], who: [leads]}", "is there twice, first in `clusterbot.yaml` on line"),
        rule(
            "{name: b, allow: [resolve], who: [leads]}\n  - {name: ¦b, allow: [release], who: [leads]}",
            "is there twice, first on line 2"
        ),
        Self(
            "[policy.d/*.yaml]",
            [
                "policy.d/a.yaml": "policy:\n  - {name: b, allow: [resolve], who: [leads]}",
                "policy.d/b.yaml": "policy:\n\n  - {name: ¦b, allow: [resolve], who: [leads]}",
            ],
            "first in `a.yaml` on line 2"
        ),
        rule("{name: b, ¦emergency: [restart_workers], who: [engineers]}", "`emergency` is not supported yet"),
    ]
}

@Suite struct IncludeTests {
    @Test(arguments: BrokenInclude.patterns + BrokenInclude.contents)
    func aMistakeIsFoundInItsFileWhereItIs(_ broken: BrokenInclude) throws {
        let folder = try Self.folder(broken.include, broken.files)
        let loaded = Fixture.loadFile(folder.file("clusterbot.yaml"))
        #expect(loaded.configuration == nil)
        #expect(loaded.problems.count == 1, "\(loaded.problems)")
        let problem = try #require(loaded.problems.first)
        let marked = try #require(
            Self.texts(broken.include, broken.files).first { _, text in text.contains("¦") }
        )
        let before = marked.value.prefix { $0 != "¦" }.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(problem.file == folder.file(marked.key))
        #expect(
            problem.line == before.count && problem.column == (before.last?.unicodeScalars.count ?? 0) + 1,
            "\(problem)"
        )
        let message = problem.message.replacing(folder.path + "/policy.d/", with: "").replacing(
            folder.path + "/",
            with: ""
        )
        #expect(message.contains(broken.message), "\(problem)")
    }

    @Test func theTablesAreLong() {
        #expect(BrokenInclude.patterns.count + BrokenInclude.contents.count >= 60)
        #expect(
            (BrokenInclude.patterns + BrokenInclude.contents).allSatisfy { broken in
                Self.texts(broken.include, broken.files).count { $0.value.contains("¦") } == 1
            }
        )
    }

    private static let rule = "{name: more, allow: [scale_cluster], who: [engineers], needs: none}"

    /// Files in the order of their names, whichever pattern finds them.
    @Test func theRulesOfAllFilesCount() throws {
        let folder = try Self.folder(
            "[teams/30.yml, teams/15.yml, policy.d/*.yaml]",
            [
                "policy.d/20.yaml": "policy:\n  - \(Self.rule.replacing("more", with: "twenty"))",
                "policy.d/10.yaml": "policy:\n  - \(Self.rule.replacing("more", with: "ten"))",
                "policy.d/.swap.yaml": "not a policy", "policy.d/note.txt": "not a policy",
                "teams/30.yml": "policy: [\(Self.rule)]",
                "teams/15.yml": "policy: [\(Self.rule.replacing("more", with: "fifteen"))]",
            ]
        )
        let loaded = Fixture.loadFile(folder.file("clusterbot.yaml"))
        #expect(loaded.problems == [])
        let names = loaded.configuration?.policy.rules.map(\.name)
        #expect(names == ["all", "leads look after things", "ten", "fifteen", "twenty", "more"])
        #expect(
            loaded.configuration?.files.map(\.path)
                == ["clusterbot.yaml", "policy.d/10.yaml", "teams/15.yml", "policy.d/20.yaml", "teams/30.yml"]
                .map(folder.file)
        )
    }

    @Test func theDigestCoversThem() throws {
        let folder = try Self.folder("[policy.d/*.yaml]", ["policy.d/a.yaml": "policy: [\(Self.rule)]"])
        let first = try #require(Fixture.loadFile(folder.file("clusterbot.yaml")).configuration)
        try folder.write(
            Array("policy: [\(Self.rule.replacing("none", with: "confirmation"))]".utf8),
            to: "policy.d/a.yaml",
            mode: 0o600
        )
        let second = try #require(Fixture.loadFile(folder.file("clusterbot.yaml")).configuration)
        #expect(first.policy.digest != second.policy.digest)
        #expect(!second.isSameText(as: first))
    }

    /// Whoever can change an included file has every right, as with the configuration itself.
    @Test(arguments: [
        ("policy.d/a.yaml", 0o666, "run `chmod go-w` on it"), ("policy.d", 0o777, "others can put another file"),
    ])
    func whatOthersCanChangeIsRefused(_ path: String, _ mode: Int, _ message: String) throws {
        let folder = try Self.folder("[policy.d/*.yaml]", ["policy.d/a.yaml": "policy: [\(Self.rule)]"])
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.file(path))
        let problems = Fixture.loadFile(folder.file("clusterbot.yaml")).problems
        #expect(problems.map(\.file) == [folder.file("policy.d/a.yaml")])
        #expect(problems.first?.message.contains(message) == true, "\(problems)")
    }

    @Test(arguments: ["policy/teams/a.yaml", "policy/teams", "policy"])
    func whatBelongsToAnotherUserIsRefused(_ path: String) throws {
        guard geteuid() == 0 else { return }
        let folder = try Self.folder("[policy/teams/*.yaml]", ["policy/teams/a.yaml": "policy: [\(Self.rule)]"])
        #expect(chown(folder.file(path), 54321, 54321) == 0)
        let problems = Fixture.loadFile(folder.file("clusterbot.yaml")).problems
        #expect(problems.count == 1)
        #expect(problems.first?.message.contains("`chown root \(folder.file(path))`") == true, "\(problems)")
        #expect(Fixture.loadFile(folder.file("clusterbot.yaml"), trustsOwners: true).problems == [])
    }

    @Test func aFolderOnTheWayThatOthersCanChangeIsRefused() throws {
        let folder = try Self.folder("[policy/teams/*.yaml]", ["policy/teams/a.yaml": "policy: [\(Self.rule)]"])
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.file("policy"))
        let problems = Fixture.loadFile(folder.file("clusterbot.yaml")).problems
        #expect(problems.first?.message.contains("run `chmod go-w policy`") == true, "\(problems)")
    }

    @Test func aLinkIsFollowedWhereNobodyElseCanChangeIt() throws {
        let folder = try Self.folder(
            "[policy.d/*.yaml]",
            ["real/a.yaml": "policy: [\(Self.rule)]", "policy.d/.keep": ""]
        )
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("policy.d/a.yaml"),
            withDestinationPath: "../real/a.yaml"
        )
        let loaded = Fixture.loadFile(folder.file("clusterbot.yaml"))
        // A folder for temporary files is everybody's, so the link's way is refused there; the reason must be that.
        #expect(loaded.problems.allSatisfy { $0.message.contains("a link leads to this file") }, "\(loaded.problems)")
    }

    // MARK: The files

    private static func texts(_ include: String, _ files: [String: String]) -> [String: String] {
        files.merging(["clusterbot.yaml": Fixture.text(["contact": "include: \(include)"])]) { $1 }
    }

    private static func folder(_ include: String, _ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, text) in texts(include, files) {
            try folder.write(Array(text.replacing("¦", with: "").utf8), to: name, mode: 0o600)
        }
        return folder
    }
}
