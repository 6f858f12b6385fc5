import Testing

@testable import BotCore

struct SecurityGroupTests {
    private let groups: [String: JSONValue] = ["security_groups_ids": .ints([3, 4])]
    private let group: [String: JSONValue] = ["security_group_id": .int(3)]

    @Test func theIdsAreSentAsTheyAre() throws {
        #expect(try ActionSpec.addSecurityGroup.resolve(groups, Samples.reading) == groups)
        #expect(try ActionSpec.addSecurityGroup.resolve(groups, nil) == groups)
        #expect(try ActionSpec.removeSecurityGroup.resolve(group, nil) == group)
    }

    @Test func onlyTheStatusIsComparedAndNothingProvesIt() {
        for spec in [ActionSpec.addSecurityGroup, .removeSecurityGroup] {
            #expect(spec.compared(groups, Samples.reading) == ["status": .string("Running")])
            #expect(spec.expected(42, groups, [:]).isEmpty)
            #expect(spec.proof.isEmpty)
            #expect(!spec.needsReading)
        }
    }

    @Test func theEffectNamesTheGroups() {
        #expect(ActionSpec.addSecurityGroup.asked(groups) == "add security groups 3, 4 to prod-train")
        #expect(ActionSpec.removeSecurityGroup.asked(group) == "remove security group 3 from prod-train")
    }

    @Test func whoTakesAGroupAwayIsToldOfSSH() {
        #expect(ActionSpec.removeSecurityGroup.cautions(group, nil).first?.contains("SSH") == true)
    }
}
