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
        parse: { words throws(WrongInput) in arguments("image_version_id", try words.reference("the image version")) },
        resolve: resolvingNames(in: "image_version_id", .images),
        compared: { _, seen in
            known(["image_version": seen.imageVersion.map(JSONValue.int), status: seen.status.map(JSONValue.string)])
        },
        expected: { _, parameters, before in
            var after = before
            after["image_version"] = parameters["image_version_id"]
            return after
        },
        effect: { effect in
            let then = effect.things("image_version_id", .images)
            guard let now = effect.before["image_version"], let number = now.int else {
                return "put image \(then) on \(effect.cluster)"
            }
            return now == effect.parameters["image_version_id"]
                ? "put image \(then) on \(effect.cluster) again, it is there already"
                : "image of \(effect.cluster): \(effect.words([number], .images)) → \(then)"
        },
        cautions: { _, _ in ["What running jobs notice of it is not documented."] },
        lists: [.images],
        button: { _ in "Change the image" },
        usualNeeds: .secondPerson
    )
}
