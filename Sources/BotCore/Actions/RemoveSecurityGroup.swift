extension ActionSpec {
    /// Takes one security group off the cluster.
    static let removeSecurityGroup = ActionSpec(
        name: "remove_security_group",
        words: ["sg", "remove"],
        summary: "take a security group off the cluster",
        forms: ["sg remove 3"],
        fields: [Field(name: "security_group_id", kind: .number)],
        needsReading: false,
        proof: [],
        parse: { words throws(WrongInput) in
            arguments("security_group_id", try words.reference("the security group"))
        },
        resolve: resolvingNames(in: "security_group_id", .securityGroups),
        compared: { _, seen in known([status: seen.status.map(JSONValue.string)]) },
        expected: unchanged,
        effect: { effect in
            "remove security group \(effect.things("security_group_id", .securityGroups)) from \(effect.cluster)"
        },
        cautions: { _, _ in ["If this group opens port 22, SSH access ends with it."] },
        lists: [.securityGroups],
        usualNeeds: .secondPerson,
        reply: .text
    )
}
