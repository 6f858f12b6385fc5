import Testing

@testable import BotCore

struct UpdateSSHKeysTests {
    private let spec = ActionSpec.updateSSHKeys

    @Test func aWholeSetIsSentAsItIs() throws {
        let arguments: [String: JSONValue] = ["ssh_key_ids": .ints([12, 11])]
        #expect(!spec.isRelative(arguments))
        #expect(try spec.resolve(arguments, Samples.reading) == arguments)
        #expect(try spec.resolve(arguments, nil) == arguments)
    }

    @Test(
        arguments: [
            (["add": .ints([13])], [11, 12, 13]),
            (["add": .ints([5, 12, 13])], [11, 12, 5, 13]),
            (["remove": .ints([11])], [12]),
            (["remove": .ints([12])], [11]),
        ] as [([String: JSONValue], [Int])]
    )
    func addingAndRemovingAreWorkedOutFromWhatWasRead(_ arguments: [String: JSONValue], _ wanted: [Int]) throws {
        #expect(spec.isRelative(arguments))
        #expect(try spec.resolve(arguments, Samples.reading) == ["ssh_key_ids": .ints(wanted)])
    }

    @Test func aFirstKeyCanBeAdded() throws {
        let seen = Samples.reading.with(\.sshKeys, [])
        #expect(try spec.resolve(["add": .ints([13])], seen) == ["ssh_key_ids": .ints([13])])
    }

    @Test(
        arguments: [
            (["add": .ints([11, 12])], "Nothing to add"),
            (["remove": .ints([13])], "Key 13 is not on the cluster; its keys are 11, 12."),
            (["remove": .ints([11, 13])], "Key 13 is not on the cluster"),
            (["remove": .ints([11, 12])], "remove the last SSH key"),
        ] as [([String: JSONValue], String)]
    )
    func whatMakesNoSenseIsAnError(_ arguments: [String: JSONValue], _ message: String) {
        let problem = #expect(throws: PlanProblem.self) { try spec.resolve(arguments, Samples.reading) }
        #expect(problem?.message.contains(message) == true)
    }

    @Test(arguments: ["add", "remove"]) func nothingIsWorkedOutWithoutARead(_ verb: String) {
        for seen in [nil, ClusterReading()] {
            let problem = #expect(throws: PlanProblem.self) { try spec.resolve([verb: .ints([11])], seen) }
            #expect(problem?.message.contains("`ssh-keys set 11 12`") == true)
        }
    }

    @Test func theSetIsComparedWhateverItsOrder() {
        let status = JSONValue.string("Running")
        #expect(
            spec.compared([:], Samples.reading.with(\.sshKeys, [12, 11])) == [
                "ssh_keys": .ints([11, 12]), "status": status,
            ]
        )
        #expect(spec.compared([:], Samples.reading.with(\.sshKeys, nil)) == ["status": status])
        #expect(
            spec.expected(42, ["ssh_key_ids": .ints([13, 2])], ["ssh_keys": .ints([11])]) == [
                "ssh_keys": .ints([2, 13])
            ]
        )
        #expect(spec.proof == ["ssh_keys"])
    }

    @Test(
        arguments: [
            ([11, 12], [12, 13], "SSH keys of prod-train: adds 13, removes 11; 12 stays"),
            ([11, 12], [11, 12, 13], "SSH keys of prod-train: adds 13; 11, 12 stay"),
            ([], [13], "SSH keys of prod-train: adds 13"),
            ([11, 12], [11, 12], "set the same SSH keys on prod-train again: 11, 12"),
            (nil, [11, 12], "set the SSH keys of prod-train to 11, 12"),
        ] as [([Int]?, [Int], String)]
    )
    func theEffectSaysWhichGoAndWhichCome(_ now: [Int]?, _ wanted: [Int], _ sentence: String) {
        let parameters: [String: JSONValue] = ["ssh_key_ids": .ints(wanted)]
        let before = spec.compared(parameters, Samples.reading.with(\.sshKeys, now))
        #expect(spec.effect(parameters, before, spec.expected(42, parameters, before)) == sentence)
    }

    @Test func whatWasAskedIsSaidWithoutARead() {
        #expect(spec.asked(["ssh_key_ids": .ints([12, 11])]) == "set the SSH keys of prod-train to 11, 12")
        #expect(spec.asked(["add": .ints([13, 14])]) == "add to the SSH keys of prod-train: 13, 14")
        #expect(spec.asked(["remove": .ints([11])]) == "remove from the SSH keys of prod-train: 11")
    }
}
