extension ActionSpec {
    /// Puts security groups on the cluster. The API shows no field by which it could be read back.
    static let addSecurityGroup = ActionSpec(
        name: "add_security_group",
        words: ["sg", "add"],
        summary: "put security groups on the cluster",
        forms: ["sg add 3 4"],
        fields: [Field(name: "security_groups_ids", kind: .numbers)],
        needsReading: false,
        proof: [],
        parse: { words throws(WrongInput) in
            ["security_groups_ids": .ints(try words.numbers("the ids of the security groups"))]
        },
        resolve: argumentsAsGiven,
        compared: { _, seen in known([status: seen.status.map(JSONValue.string)]) },
        expected: unchanged,
        effect: { parameters, _, _ in "add security groups \(parameters["security_groups_ids"]?.listed ?? "")" },
        cautions: noCautions,
        reply: .text
    )

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
            ["security_group_id": .int(try words.number("the id of the security group"))]
        },
        resolve: argumentsAsGiven,
        compared: { _, seen in known([status: seen.status.map(JSONValue.string)]) },
        expected: unchanged,
        effect: { parameters, _, _ in "remove security group \(parameters["security_group_id"]?.listed ?? "")" },
        cautions: { _, _ in ["If this group opens port 22, SSH access ends with it."] },
        usualNeeds: .secondPerson,
        reply: .text
    )
}
