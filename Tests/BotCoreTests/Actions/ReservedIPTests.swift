import Testing

@testable import BotCore

struct ReservedIPTests {
    static let specs = [ActionSpec.attachIP, .detachIP]

    private func arguments(_ spec: ActionSpec, _ id: Int) -> [String: JSONValue] {
        var arguments: [String: JSONValue] = ["reserved_ip_id": .int(id)]
        if spec.name == "detach_ip" { arguments["ip_type"] = .string("reserved") }
        return arguments
    }

    @Test(arguments: specs.map(\.name)) func anAddressOfTheProjectIsSentAsItIs(_ name: String) throws {
        let spec = try #require(ActionCatalogue.action(named: name))
        #expect(try spec.resolve(arguments(spec, 9), Samples.reading) == arguments(spec, 9))
        #expect(!spec.isRelative(arguments(spec, 9)))
        #expect(spec.needsReading)
    }

    @Test(arguments: specs.map(\.name)) func anAddressThatTheProjectDoesNotHaveIsAnError(_ name: String) throws {
        let spec = try #require(ActionCatalogue.action(named: name))
        for listed in [[:], Samples.reading.reservedIPs] {
            let seen = Samples.reading.with(\.reservedIPs, listed)
            let problem = #expect(throws: PlanProblem.self) { try spec.resolve(arguments(spec, 11), seen) }
            #expect(problem?.message.contains("no reserved IP 11") == true)
        }
    }

    @Test(arguments: specs.map(\.name)) func theOwnerIsComparedAndFreeIsNotTheSameAsUnknown(_ name: String) throws {
        let spec = try #require(ActionCatalogue.action(named: name))
        let status = JSONValue.string("Running")
        let free = ["ip_owner": JSONValue.null, "status": status]
        #expect(spec.compared(arguments(spec, 9), Samples.reading) == free)
        #expect(
            spec.compared(arguments(spec, 10), Samples.reading) == ["ip_owner": .int(43), "status": status]
        )
        #expect(spec.compared(arguments(spec, 11), Samples.reading) == ["status": status])
        let unread = Samples.reading.with(\.reservedIPs, nil)
        #expect(spec.compared(arguments(spec, 9), unread) == ["status": status])
        #expect(spec.proof == ["ip_owner"])
    }

    @Test func afterwardsTheClusterOwnsTheAddressOrNobodyDoes() {
        #expect(ActionSpec.attachIP.expected(42, [:], ["ip_owner": .null]) == ["ip_owner": .int(42)])
        #expect(ActionSpec.detachIP.expected(42, [:], ["ip_owner": .int(42)]) == ["ip_owner": .null])
    }

    @Test func theEffectNamesTheAddressAndWhoHasItNow() {
        let parameters: [String: JSONValue] = ["reserved_ip_id": .int(9)]
        #expect(ActionSpec.attachIP.effect(parameters, ["ip_owner": .null], [:]) == "attach IP 9 to prod-train")
        #expect(
            ActionSpec.attachIP.effect(parameters, ["ip_owner": .int(43)], [:])
                == "attach IP 9 to prod-train, now attached to service 43"
        )
        #expect(
            ActionSpec.detachIP.effect(parameters, ["ip_owner": .int(42)], [:], seen: Samples.reading)
                == "detach IP 192.0.2.9 (9) from prod-train"
        )
        #expect(ActionSpec.attachIP.asked(parameters) == "attach IP 9 to prod-train")
        #expect(ActionSpec.detachIP.asked(arguments(.detachIP, 9)) == "detach IP 9 from prod-train")
    }
}
