import BotCore
import BotEngine
import Testing

@testable import ClusterAPI

/// The toy action does all that the page promises, and nothing but its file and the catalogue's line names it.
@Suite struct ActionTests {
    private static let cluster = Cluster(id: 42, name: "prod-train", project: "vision")
    private static let grammar = Grammar(
        clusters: [cluster],
        ipTypes: ["reserved"],
        actions: ActionCatalogue.all + [.labelCluster],
        commands: CommandCatalogue.all,
        whenEmpty: CommandCatalogue.whenEmpty
    )

    private func asked(_ line: String) throws -> AskedChange? {
        if case .change(let asked) = try Self.grammar.understand(line) { asked } else { nil }
    }

    @Test func bothSpellingsMeanTheSame() throws {
        for line in ["42 label night-run", #"42 label "night-run""#, "42 label_cluster label=night-run"] {
            let asked = try asked(line)
            #expect(asked?.action == "label_cluster", "\(line)")
            #expect(asked?.arguments == ["label": .string("night-run")], "\(line)")
        }
    }

    @Test func aNearMissIsAnsweredWithALineThatIsRight() throws {
        for line in ["42 label", "42 labl x", "42 label a b", "42 label_cluster label="] {
            let wrong = try #require(throws: WrongInput.self) { try Self.grammar.understand(line) }
            #expect(throws: Never.self, "\(line): \(wrong.example)") { try Self.grammar.understand(wrong.example) }
        }
    }

    @Test func whatIsSentHoldsItsFieldAndNothingElse() {
        let call = ClusterCall(.labelCluster, parameters: ["label": .string("night-run")], cluster: 42, project: nil)
        #expect(call.body == #"{"action":"label_cluster","label":"night-run"}"#)
    }

    @Test func itsEffectIsSaidFromThePlanAlone() throws {
        let spec = ActionSpec.labelCluster
        let parameters = try spec.resolve(["label": .string("night-run")], nil)
        let effect = Effect(cluster: "prod-train", arguments: parameters, parameters: parameters)
        #expect(spec.effect(effect) == "label prod-train “night-run”")
        #expect(!spec.isRelative(parameters))
    }

    @Test func theAPIsReplyIsJudgedByItsKind() {
        let spec = ActionSpec.labelCluster
        #expect(spec.reply.flaw(of: .object(["id": .int(42)]), cluster: 42) == nil)
        #expect(spec.reply.flaw(of: .object(["id": .int(43)]), cluster: 42) != nil)
    }
}
