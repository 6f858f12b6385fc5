import Testing

@testable import BotCore

struct ScaleClusterTests {
    private let spec = ActionSpec.scaleCluster

    @Test func anAmountIsSentAsItIsWhateverWasRead() throws {
        let arguments: [String: JSONValue] = ["additional_nodes": .int(4)]
        #expect(!spec.isRelative(arguments))
        #expect(try spec.resolve(arguments, Samples.reading) == arguments)
        #expect(try spec.resolve(arguments, nil) == arguments)
    }

    @Test func aTotalIsSentAsTheDifferenceToWhatWasRead() throws {
        #expect(spec.isRelative(["to": .int(12)]))
        #expect(try spec.resolve(["to": .int(12)], Samples.reading) == ["additional_nodes": .int(4)])
        #expect(try spec.resolve(["to": .int(9)], Samples.reading) == ["additional_nodes": .int(1)])
        #expect(
            try spec.resolve(["to": .int(1)], Samples.reading.with(\.nodes, 0)) == ["additional_nodes": .int(1)]
        )
    }

    @Test(arguments: [1, 7, 8]) func aTotalThatAddsNothingIsAnError(_ total: Int) {
        let problem = #expect(throws: PlanProblem.self) { try spec.resolve(["to": .int(total)], Samples.reading) }
        #expect(problem?.message.contains("has 8 nodes already") == true)
    }

    @Test(arguments: [nil, Int.min, -1]) func aTotalIsNeverGuessedWithoutANumberThatWasRead(_ nodes: Int?) {
        let seen = Samples.reading.with(\.nodes, nodes)
        let problem = #expect(throws: PlanProblem.self) { try spec.resolve(["to": .int(12)], seen) }
        #expect(problem?.message.contains("`scale 4`") == true)
        #expect(throws: PlanProblem.self) { try spec.resolve(["to": .int(12)], nil) }
    }

    @Test func sizeAndStatusAreCompared() {
        #expect(
            spec.compared([:], Samples.reading) == ["no_of_nodes": .int(8), "status": .string("Running")]
        )
        #expect(spec.compared([:], Samples.reading.with(\.status, nil)) == ["no_of_nodes": .int(8)])
        #expect(spec.compared([:], ClusterReading()).isEmpty)
    }

    @Test func onlyTheSizeIsExpectedToChange() {
        let after = spec.expected(42, ["additional_nodes": .int(4)], spec.compared([:], Samples.reading))
        #expect(after == ["no_of_nodes": .int(12), "status": .string("Running")])
        #expect(spec.expected(42, ["additional_nodes": .int(4)], [:]).isEmpty)
        #expect(spec.proof == ["no_of_nodes"])
    }

    @Test func aSumThatDoesNotExistIsNotExpected() {
        let before: [String: JSONValue] = ["no_of_nodes": .int(.max)]
        #expect(spec.expected(42, ["additional_nodes": .int(1)], before).isEmpty)
    }

    @Test func theEffectSaysFromAndToWhereTheyAreKnown() {
        let four: [String: JSONValue] = ["additional_nodes": .int(4)]
        #expect(
            spec.effect(four, ["no_of_nodes": .int(8)], ["no_of_nodes": .int(12)]) == "+4 nodes on prod-train, 8 → 12"
        )
        #expect(spec.effect(four, [:], [:]) == "+4 nodes on prod-train")
        #expect(
            spec.effect(["additional_nodes": .int(1)], ["no_of_nodes": .int(8)], ["no_of_nodes": .int(9)])
                == "+1 node on prod-train, 8 → 9"
        )
    }

    @Test func whatWasAskedIsSaidWithoutARead() {
        #expect(spec.asked(["additional_nodes": .int(4)]) == "+4 nodes on prod-train")
        #expect(spec.asked(["to": .int(12)]) == "scale prod-train to 12 nodes")
    }

    @Test func thePriceIsSaidIfItWasReadAndTheWarningAlways() {
        let four: [String: JSONValue] = ["additional_nodes": .int(4)]
        #expect(
            spec.cautions(four, Samples.reading) == [
                "+7,360 INR an hour, 1,840 INR a node.", "Nodes cannot be removed from chat.",
            ]
        )
        #expect(spec.cautions(four, nil) == ["Nodes cannot be removed from chat."])
    }
}
