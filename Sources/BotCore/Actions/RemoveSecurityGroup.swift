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
