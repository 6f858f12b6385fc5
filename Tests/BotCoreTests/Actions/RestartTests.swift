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
        let workers = "restart all worker nodes (the Slurm controller stays up)"
        #expect(ActionSpec.restartWorkers.effect([:], before, before) == workers + ", 8 in all")
        #expect(ActionSpec.restartWorkers.asked([:]) == workers)
        let all = "restart the Slurm controller and all nodes"
        #expect(ActionSpec.restartCluster.effect([:], before, before) == all + ", 8 in all")
        #expect(ActionSpec.restartCluster.asked([:]) == all)
    }
}
