import ConfigurationTree
import Foundation
import TestSupport
import Testing

@testable import BotConfiguration

@Suite struct ConfigurationFileTests {
    private let good = Array(Fixture.text().utf8)

    @Test(arguments: [0o644, 0o640, 0o600, 0o444])
    func aFileThatOnlyItsOwnerCanChangeIsAccepted(mode: Int) throws {
        #expect(try Fixture.load(bytes: good, mode: mode).problems == [])
    }

    @Test(arguments: [0o664, 0o646, 0o620, 0o602, 0o777])
    func aFileThatOthersCanChangeIsRefused(mode: Int) throws {
        let problems = try Fixture.load(bytes: good, mode: mode).problems
        #expect(problems.count == 1)
        #expect(problems.first?.message.contains("chmod go-w") == true)
    }

    @Test func theModeOfTheFileBehindALinkCounts() throws {
        let folder = try TemporaryFolder()
        let link = "\(folder.path)/link.yaml"
        let file = try folder.write(good, to: "clusterbot.yaml", mode: 0o644)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        #expect(Fixture.loadFile(link).problems == [])
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file)
        #expect(Fixture.loadFile(link).problems.count == 1)
    }

    /// In a folder like `/tmp` people can replace only what is theirs.
    @Test(arguments: [(0o757, false), (0o777, false), (0o1777, true), (0o755, true)])
    func aFolderInWhichOthersCanReplaceTheFileIsRefused(mode: Int, isAccepted: Bool) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(good, to: "clusterbot.yaml", mode: 0o644)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path)
        let problems = Fixture.loadFile(file).problems
        #expect(problems.isEmpty == isAccepted, "\(problems)")
        if !isAccepted { #expect(problems.first?.message.contains("run `chmod go-w \(folder.path)`") == true) }
    }

    /// Whoever can turn the link round decides which file is read, wherever on the way it stands.
    @Test func aLinkThatOthersCanTurnRoundIsRefused() throws {
        let folder = try TemporaryFolder()
        for name in ["real", "shared"] {
            try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
        }
        try folder.write(good, to: "real/clusterbot.yaml", mode: 0o644)
        let links = [("own.yaml", "shared/first.yaml"), ("shared/first.yaml", "../real/clusterbot.yaml")]
        for (link, target) in links {
            try FileManager.default.createSymbolicLink(atPath: folder.file(link), withDestinationPath: target)
        }
        #expect(Fixture.loadFile(folder.file("own.yaml")).problems == [])
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.file("shared"))
        let problems = Fixture.loadFile(folder.file("own.yaml")).problems
        #expect(
            problems.map(\.message).contains { $0.contains("others can change \(folder.file("shared"))") },
            "\(problems)"
        )
    }

    @Test func aLinkOfAnotherUserIsRefused() throws {
        guard geteuid() == 0 else { return }
        let folder = try TemporaryFolder()
        let file = try folder.write(good, to: "clusterbot.yaml", mode: 0o644)
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: file)
        #expect(Fixture.loadFile(folder.file("link")).problems == [])
        #expect(lchown(folder.file("link"), 65534, 65534) == 0)
        #expect(
            Fixture.loadFile(folder.file("link")).problems.first?.message.contains("a link leads to this file") == true
        )
    }

    /// An owner can write whatever the mode says. Commands that only look for the service do not know its user.
    @Test(arguments: [("clusterbot.yaml", "the file belongs to"), ("", "the folder")])
    func whatBelongsToAnotherUserIsRefused(name: String, words: String) throws {
        guard geteuid() == 0 else { return }
        let folder = try TemporaryFolder()
        let file = try folder.write(good, to: "clusterbot.yaml", mode: 0o644)
        let path = name.isEmpty ? folder.path : file
        #expect(chown(path, 54321, 54321) == 0)
        let problems = Fixture.loadFile(file).problems
        #expect(problems.count == 1)
        for words in [words, "belongs to uid 54321", "`chown root \(path)`"] {
            #expect(problems.first?.message.contains(words) == true, "\(problems)")
        }
        #expect(Fixture.loadFile(file, trustsOwners: true).problems == [])
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let problems = Fixture.loadFile("/nowhere/clusterbot.yaml").problems
        #expect(
            problems.map(\.description) == [
                "/nowhere/clusterbot.yaml:1:1: there is no such file; name the configuration with `--config FILE`"
            ]
        )
    }

    @Test func aFolderIsNoConfiguration() throws {
        let folder = try TemporaryFolder()
        #expect(Fixture.loadFile(folder.path).problems.first?.message.contains("not a regular file") == true)
    }

    @Test func aPipeIsRefusedAndNotWaitedFor() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        #expect(Fixture.loadFile(path).problems.first?.message.contains("not a regular file") == true)
    }

    @Test func anEnormousFileIsRefused() throws {
        let comment = Array(("#" + String(repeating: "x", count: 99) + "\n").utf8)
        let filler = Array(repeatElement(comment, count: ConfigurationFile.maximumBytes / comment.count + 1).joined())
        #expect(try Fixture.load(bytes: filler + good).problems.first?.message.contains("larger than 1024 KiB") == true)
        #expect(try Fixture.load(bytes: filler.dropLast(good.count + 200) + comment + good).problems == [])
    }

    @Test func bytesThatAreNotUTF8AreFoundWhereTheyAre() throws {
        let problems = try Fixture.load(bytes: Array("contact: é".utf8) + [0xFF] + good).problems
        #expect(problems.map { [$0.line, $0.column] } == [[1, 11]])
        #expect(problems.first?.message.contains("not UTF-8") == true)
    }

    @Test func aByteOrderMarkAndCarriageReturnsDoNoHarm() throws {
        let windows =
            [0xEF, 0xBB, 0xBF]
            + Array(Fixture.text(["contact": "contact: help\r\nzzz: 1"]).replacing("\n", with: "\r\n").utf8)
        let problems = try Fixture.load(bytes: windows).problems
        #expect(problems.count == 1)
        #expect(problems.first?.column == 1)
        #expect(problems.first?.message.contains("unknown key `zzz`") == true)
        let plain = try Fixture.load(bytes: [0xEF, 0xBB, 0xBF] + good)
        #expect(plain.problems == [])
    }

    @Test func absurdNestingIsAProblemAndNotACrash() throws {
        let deep = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
        #expect(
            try Fixture.load(Fixture.text(["contact": "contact: \(deep)"])).problems.contains {
                $0.message.contains("levels deep")
            }
        )
        let deeper = String(repeating: "[", count: 100_000)
        #expect(try Fixture.load(Fixture.text(["contact": "contact: \(deeper)"])).problems.count == 1)
    }

    @Test func aliasesCannotMultiplyTheFile() throws {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            bomb +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
                + "]\n"
        }
        let problems = try Fixture.load(Fixture.text(["contact": bomb])).problems
        #expect(problems.contains { $0.message.contains("anchors and aliases") })
    }
}
