extension ActionSpec {
    /// Attaches a reserved public IP address to the cluster.
    static let attachIP = ActionSpec(
        name: "attach_ip",
        words: ["ip", "attach"],
        summary: "attach a reserved public IP address",
        forms: ["ip attach 9"],
        fields: [Field(name: "reserved_ip_id", kind: .number)],
        needsReading: true,
        proof: [owner],
        parse: { words throws(WrongInput) in ["reserved_ip_id": .int(try words.number("the id of the reserved IP"))] },
        resolve: knownAddress,
        compared: ownerOfAddress,
        expected: { cluster, _, before in before.merging([owner: .int(cluster)]) { $1 } },
        effect: { parameters, before, _ in "attach \(address(parameters, before))" },
        cautions: { _, _ in ["The cluster becomes reachable at that public address."] },
        readsReservedIPs: true,
        reply: .reservedIP
    )

    /// Detaches a reserved public IP address from the cluster.
    static let detachIP = ActionSpec(
        name: "detach_ip",
        words: ["ip", "detach"],
        summary: "detach a reserved public IP address",
        forms: ["ip detach 9", "ip detach 9 reserved"],
        fields: [Field(name: "reserved_ip_id", kind: .number), Field(name: "ip_type", kind: .ipType)],
        needsReading: true,
        proof: [owner],
        parse: { words throws(WrongInput) in
            let id = try words.number("the id of the reserved IP")
            return ["reserved_ip_id": .int(id), "ip_type": .string(try words.ipType())]
        },
        resolve: knownAddress,
        compared: ownerOfAddress,
        expected: { _, _, before in before.merging([owner: .null]) { $1 } },
        effect: { parameters, before, _ in "detach \(address(parameters, before))" },
        cautions: { _, _ in ["Whoever reaches the cluster at that address loses it."] },
        usualNeeds: .secondPerson,
        readsReservedIPs: true,
        reply: .emptyObject
    )

    /// The compared field that holds the service to which the address is attached.
    private static let owner = "ip_owner"

    private static let knownAddress:
        @Sendable ([String: JSONValue], ClusterReading?) throws(PlanProblem) -> [String: JSONValue] = {
            arguments,
            seen throws(PlanProblem) in
            guard let listed = seen?.reservedIPs, let id = arguments["reserved_ip_id"]?.int else { return arguments }
            guard listed[id] != nil else {
                throw PlanProblem("The project has no reserved IP \(id). The dashboard lists the ids.")
            }
            return arguments
        }

    /// Names the address and what it is attached to: another cluster's address must be seen as such.
    private static func address(_ parameters: [String: JSONValue], _ before: [String: JSONValue]) -> String {
        let attached = before[owner]?.int.map { " (now attached to service \($0))" } ?? ""
        return "reserved IP \(parameters["reserved_ip_id"]?.listed ?? "")\(attached)"
    }

    private static let ownerOfAddress: @Sendable ([String: JSONValue], ClusterReading) -> [String: JSONValue] = {
        parameters,
        seen in
        let address = parameters["reserved_ip_id"]?.int.flatMap { seen.reservedIPs?[$0] }
        return known([
            owner: address.map { .optional($0.owner) }, status: seen.status.map(JSONValue.string),
        ])
    }
}
