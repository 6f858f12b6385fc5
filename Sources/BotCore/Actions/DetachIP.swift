extension ActionSpec {
    /// Detaches a reserved public IP address from the cluster.
    static let detachIP = ActionSpec(
        name: "detach_ip",
        words: ["ip", "detach"],
        summary: "detach a reserved public IP address",
        forms: ["ip detach 9", "ip detach 9 reserved"],
        fields: [Field(name: "reserved_ip_id", kind: .number), Field(name: "ip_type", kind: .ipType)],
        needsReading: true,
        proof: [addressOwner],
        parse: { words throws(WrongInput) in
            let address = arguments("reserved_ip_id", try words.reference("the reserved IP"))
            return address.merging(["ip_type": .string(try words.ipType())]) { $1 }
        },
        resolve: addressThatIsHere,
        compared: ownerOfAddress,
        expected: { _, _, before in before.merging([addressOwner: .null]) { $1 } },
        effect: { effect in "detach \(address(effect)) from \(effect.cluster)" },
        cautions: { _, _ in ["Whoever reaches the cluster at that address loses it."] },
        usualNeeds: .secondPerson,
        readsReservedIPs: true,
        reply: .emptyObject
    )
}
