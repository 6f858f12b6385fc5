import ConfigurationTree
import Foundation
import Testing

@testable import BotConfiguration

/// Files that were damaged at random: whatever stands there, the answer is a configuration or places with reasons.
@Suite struct ConfigurationDamageTests {
    /// A fixed sequence, so that a failure comes back with its seed.
    private struct Sequence64: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 33)
        }
    }

    @Test(arguments: 1...150)
    func aDamagedFileIsAnsweredWithPlacesAndNeverWithASecret(seed: Int) throws {
        var random = Sequence64(state: UInt64(seed))
        // Literal secrets where references belong, as somebody in a hurry would write them.
        var lines = ContractExample.text.replacing(/\{(env|file): [A-Za-z0-9_\/-]+\}/, with: "canary")
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: 0..<lines.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: lines.remove(at: index)
            case 1: lines.insert(lines[index], at: index)
            case 2: lines[index] = "  " + lines[index]
            case 3: lines[index] = String(lines[index].dropLast(3))
            case 4: lines[index] = lines[index].replacing(":", with: "", maxReplacements: 1)
            default:
                let noise = "{}[]:,#&*!|>'\"%@`-? ~\n".randomElement(using: &random) ?? "x"
                let place = Int.random(in: 0...lines[index].count, using: &random)
                lines[index].insert(noise, at: lines[index].index(lines[index].startIndex, offsetBy: place))
            }
        }
        let text = lines.joined(separator: "\n")
        let loaded = try Fixture.load(text, files: ContractExample.included)
        #expect(loaded.configuration == nil)
        #expect(!loaded.problems.isEmpty)
        let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
        for problem in loaded.problems + loaded.warnings {
            #expect((1...count + 1).contains(problem.line) && problem.column >= 1, "\(problem)")
            #expect(!problem.message.contains("canary"), "\(problem)\n\(text)")
        }
    }
}
