extension ActionSpec {
    /// Attaches a reserved public IP address to the cluster.
    static let attachIP = ActionSpec(
        name: "attach_ip",
        words: ["ip", "attach"],
        summary: "attach a reserved public IP address",
        forms: ["ip attach 9"],
        fields: [Field(name: "reserved_ip_id", kind: .number)],
        needsReading: true,
        proof: [addressOwner],
        parse: { words throws(WrongInput) in arguments("reserved_ip_id", try words.reference("the reserved IP")) },
        resolve: addressThatIsElsewhere,
        compared: ownerOfAddress,
        expected: { cluster, _, before in before.merging([addressOwner: .int(cluster)]) { $1 } },
        effect: { effect in
            let elsewhere = effect.before[addressOwner]?.int.map { ", now attached to \(owner($0))" } ?? ""
            return "attach \(address(effect)) to \(effect.cluster)\(elsewhere)"
        },
        cautions: { _, _ in ["The cluster becomes reachable at that public address."] },
        usualNeeds: .confirmation,
        readsReservedIPs: true,
        reply: .reservedIP
    )
}
