extension ActionSpec {
    /// Puts security groups on the cluster. No field of a reading proves it.
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
        usualNeeds: .nothing,
        reply: .text
    )
}
