import BotCore
import TestSupport
import Testing

struct ClusterSelectorTests {
    @Test func withoutAPartItFitsEveryCluster() {
        #expect(Rule.ClusterSelector().matches(Samples.prod))
    }

    @Test(
        arguments: [
            (.init(ids: [42]), true), (.init(ids: [7, 42]), true), (.init(ids: [43]), false), (.init(ids: []), false),
            (.init(names: ["prod-train"]), true), (.init(names: ["prod"]), false),
            (.init(names: ["dev-*", "prod-*"]), true),
            (.init(names: []), false),
            (.init(labels: ["env": ["prod"]]), true), (.init(labels: ["env": ["dev", "prod"]]), true),
            (.init(labels: ["env": ["dev"]]), false), (.init(labels: ["zone": ["prod"]]), false),
            (.init(labels: ["env": []]), false),
            (.init(labels: ["env": ["prod"], "team": ["vision"]]), true),
            (.init(labels: ["env": ["prod"], "team": ["nlp"]]), false),
            (.init(labels: ["env": ["PROD"]]), false), (.init(labels: [:]), true),
            (.init(ids: [42], names: ["dev-*"]), false), (.init(ids: [42], labels: ["env": ["dev"]]), false),
            (.init(ids: [43], names: ["prod-*"], labels: ["env": ["prod"]]), false),
            (.init(ids: [42], names: ["prod-*"], labels: ["env": ["prod"]]), true),
        ] as [(Rule.ClusterSelector, Bool)]
    )
    func aClusterMustFitEveryPart(_ selector: Rule.ClusterSelector, _ isExpected: Bool) {
        #expect(selector.matches(Samples.prod) == isExpected)
    }

    private func matches(_ pattern: String, _ name: String) -> Bool {
        Rule.ClusterSelector(names: [pattern]).matches(Cluster(id: 1, name: name, project: "p"))
    }

    @Test(
        arguments: [
            ("*", "anything", true), ("**", "x", true), ("dev-*", "dev-train", true), ("dev-*", "dev-", true),
            ("dev-*", "dev", false),
            ("dev-*", "my-dev-train", false), ("*-train", "dev-train", true), ("*-train", "dev-trains", false),
            ("*train*", "dev-trains", true), ("dev*train", "dev-train", true), ("a*a", "a", false), ("a*a", "aa", true),
            ("ab*ba", "aba", false), ("*a*b*c*", "xaxbxcx", true), ("*a*b*c*", "xaxcxbx", false),
            ("DEV-*", "dev-train", true),
            ("dev-*", "Dev-Train", true), ("dev", "dev", true), ("dev.train", "dev-train", false),
            ("d?v", "dev", false),
            ("[de]*", "dev", false),
        ]
    )
    func aStarStandsForAnyCharactersOfAWholeName(_ pattern: String, _ name: String, _ isExpected: Bool) {
        #expect(matches(pattern, name) == isExpected)
    }

    /// The definition of a star, without any cleverness.
    private func reference(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        if first == "*" {
            return (name.startIndex...name.endIndex).contains { reference(pattern.dropFirst(), name[$0...]) }
        }
        return name.first == first && reference(pattern.dropFirst(), name.dropFirst())
    }

    @Test func starsMatchAsTheirDefinitionSays() {
        var random = SplitMix64(seed: 7)
        var matching = 0
        for _ in 0..<2000 {
            let pattern = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                "ab**".randomElement(using: &random) ?? "*"
            }
            let name = (0..<Int.random(in: 0...7, using: &random)).map { _ in "ab".randomElement(using: &random) ?? "a"
            }
            let expected = reference(pattern[...], name[...])
            matching += expected ? 1 : 0
            #expect(matches(String(pattern), String(name)) == expected, "\(String(pattern)) \(String(name))")
        }
        #expect((200...1800).contains(matching))
    }
}
