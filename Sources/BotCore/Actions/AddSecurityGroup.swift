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
            arguments("security_groups_ids", try words.references("the security groups"))
        },
        resolve: resolvingNames(in: "security_groups_ids", .securityGroups),
        compared: { _, seen in known([status: seen.status.map(JSONValue.string)]) },
        expected: unchanged,
        effect: { effect in
            let groups = effect.parameters["security_groups_ids"] ?? effect.arguments[byName]
            let noun = groups?.array?.count == 1 ? "group" : "groups"
            return "add security \(noun) \(effect.things("security_groups_ids", .securityGroups)) to \(effect.cluster)"
        },
        cautions: noCautions,
        lists: [.securityGroups],
        usualNeeds: .nothing,
        reply: .text
    )
}
