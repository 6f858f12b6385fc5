import Testing

@testable import BotCore

struct RestartTests {
    static let names = ["restart_workers", "restart_cluster"]

    @Test(arguments: names) func nothingIsSentBesideTheAction(_ name: String) throws {
        let spec = try #require(ActionCatalogue.action(named: name))
        #expect(spec.fields.isEmpty)
        #expect(try spec.resolve([:], Samples.reading).isEmpty)
        #expect(try spec.resolve([:], nil).isEmpty)
        #expect(!spec.isRelative([:]))
    }

    @Test(arguments: names) func sizeAndStatusAreComparedButProveNothing(_ name: String) throws {
        let spec = try #require(ActionCatalogue.action(named: name))
        let before = spec.compared([:], Samples.reading)
        #expect(before == ["no_of_nodes": .int(8), "status": .string("Running")])
        #expect(spec.expected(42, [:], before) == before)
        #expect(spec.proof.isEmpty)
        #expect(!spec.needsReading)
    }

    @Test(arguments: names) func aPlanWithoutAReadSaysSo(_ name: String) throws {
        let spec = try #require(ActionCatalogue.action(named: name))
        #expect(
            spec.cautions([:], Samples.reading) == ["Running jobs stop unless they can resume from a checkpoint."]
        )
        #expect(spec.cautions([:], nil).last?.contains("could not be read") == true)
    }

    @Test func theEffectSaysWhatIsRestartedAndHowManyNodesIfThatIsKnown() {
        let before: [String: JSONValue] = ["no_of_nodes": .int(8)]
        let workers = ActionSpec.restartWorkers
        #expect(workers.effect([:], before, before) == "restart the 8 workers of prod-train, not the controller")
        #expect(workers.asked([:]) == "restart the workers of prod-train, not the controller")
        let all = ActionSpec.restartCluster
        #expect(all.effect([:], before, before) == "restart prod-train, controller and all 8 nodes")
        #expect(all.asked([:]) == "restart prod-train, controller and all nodes")
    }
}
