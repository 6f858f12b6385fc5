@testable import BotCore

extension ActionSpec {
    /// Gives the cluster a label in the dashboard. The toy of the handbook's page "Adding an action".
    static let labelCluster = ActionSpec(
        name: "label_cluster",
        words: ["label"],
        summary: "give the cluster a label in the dashboard",
        forms: ["label night-run"],
        fields: [Field(name: "label", kind: .text)],
        needsReading: false,
        proof: [],
        parse: { words throws(WrongInput) in ["label": .string(try words.text("the label"))] },
        resolve: argumentsAsGiven,
        compared: sizeAndStatus,
        expected: unchanged,
        effect: { "label \($0.cluster) “\($0.parameters["label"]?.listed ?? "")”" },
        cautions: noCautions,
        usualNeeds: .confirmation
    )
}
