import BotCore
import ChatKit
import Foundation
import Testing

@testable import clusterbot

/// Another chat platform is one target and one line.
@Suite struct ChatModulesTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources")

    /// Besides a platform's own target: its simulated counterpart, and the wiring with the demo.
    private static let mayName = ["Sandbox", "clusterbot"]

    /// The name of a platform without channels is an everyday word: it is looked for as code writes it.
    @Test(arguments: ChatModules.all.map(\.name))
    func onlyItsOwnTargetTheSandboxAndTheWiringNameAPlatform(name: String) throws {
        let module = try #require(ChatModules.all.first { $0.name == name })
        let own = "\(module.title.filter(\.isLetter))Chat"
        let files = try #require(FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil))
        var seen: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let path = file.path.dropFirst(Self.sources.path.count + 1)
            let target = String(path.prefix { $0 != "/" })
            seen.insert(target)
            guard target != own, !Self.mayName.contains(target) else { continue }
            let text = try String(contentsOf: file, encoding: .utf8).lowercased()
            let words = module.hasChannels ? [name, module.title.lowercased()] : ["\"\(name)\"", "\"\(name):"]
            #expect(!words.contains(where: text.contains), "\(path) names \(module.title)")
        }
        #expect(seen.isSuperset(of: [own, "BotEngine", "BotServer", "BotConfiguration", "ChatKit"]))
    }

    @Test func namesAreThereOnceAndCanStandInAReference() throws {
        let names = ChatModules.all.map(\.name)
        #expect(Set(names).count == names.count)
        for module in ChatModules.all {
            #expect(module.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil)
            #expect(Account(module.exampleAccount)?.platform == module.name)
            #expect(Channel(module.exampleChannel)?.platform == module.name)
        }
    }
}
