extension ActionSpec {
    /// Puts another container image on every node.
    static let updateImage = ActionSpec(
        name: "update_image",
        words: ["image"],
        summary: "put another container image on all nodes",
        forms: ["image 77"],
        fields: [Field(name: "image_version_id", kind: .number)],
        needsReading: true,
        proof: ["image_version"],
        parse: { words throws(WrongInput) in ["image_version_id": .int(try words.number("the id of the image version"))]
        },
        resolve: argumentsAsGiven,
        compared: { _, seen in
            known(["image_version": seen.imageVersion.map(JSONValue.int), status: seen.status.map(JSONValue.string)])
        },
        expected: { _, parameters, before in
            var after = before
            after["image_version"] = parameters["image_version_id"]
            return after
        },
        effect: { parameters, before, _ in
            let then = parameters["image_version_id"] ?? .null
            guard let now = before["image_version"] else { return "put image version \(then.listed) on all nodes" }
            return now == then
                ? "put image version \(then.listed) on all nodes again (it is there already)"
                : "change the image version of all nodes: \(now.listed) → \(then.listed)"
        },
        cautions: { _, seen in
            [seen?.imageName.map { "The image now is \($0)." }, "What running jobs notice of it is not documented."]
                .compactMap(\.self)
        },
        usualNeeds: .secondPerson
    )
}
