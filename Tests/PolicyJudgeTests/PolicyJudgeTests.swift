import Foundation
import TestSupport
import Testing

/// What the policy decides, judged by a slow reference in Python and by Cedar, over random policies and requests.
@Suite(.timeLimit(.minutes(10)))
struct PolicyJudgeTests {
    /// The seed is the same each time, or new: what is found anew can be looked at with the seed that is printed.
    @Test(arguments: [["--seed", "1"], []])
    func itAgreesWithTheSlowReference(seed: [String]) async throws {
        try await judge(["--requests", "3000"] + seed)
    }

    @Test(arguments: [["--seed", "1"], []])
    func itAgreesWithCedarOnWhatBothCanSay(seed: [String]) async throws {
        try await judge(["--requests", "1000", "--cedar"] + seed)
    }

    private func judge(_ options: [String]) async throws {
        let judged = try await ChildProcess.run(
            try Judges.python(),
            [Judges.script("policy_judge.py"), Self.program] + options,
            within: .patience
        )
        print(judged.output)
        #expect(judged.exit == 0, "\(judged.output)\n\(judged.errors)")
    }

    /// Beside the test bundle.
    private static let program: String = {
        let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
        return ((bundle ?? CommandLine.arguments[0]) as NSString).deletingLastPathComponent + "/PolicyBatch"
    }()
}
