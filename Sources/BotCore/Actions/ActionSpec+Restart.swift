extension ActionSpec {
    /// Makes the spec of a restart. Both restarts take no fields, and jobs stop.
    static func restart(
        name: String,
        words: [String],
        summary: String,
        choice: String,
        effect: @escaping @Sendable (_ cluster: String, _ nodes: Int?) -> String,
        done: @escaping @Sendable (_ cluster: String, _ nodes: Int?) -> String
    ) -> ActionSpec {
        ActionSpec(
            name: name,
            words: words,
            summary: summary,
            forms: [words.joined(separator: " ")],
            fields: [],
            needsReading: false,
            proof: [],
            parse: { _ throws(WrongInput) in [:] },
            resolve: argumentsAsGiven,
            compared: sizeAndStatus,
            expected: unchanged,
            effect: { effect($0.cluster, $0.before[nodes]?.int) },
            done: done,
            cautions: { _, seen in
                let read = seen == nil ? "The cluster could not be read; this goes by what was typed." : nil
                return ["Running jobs stop unless they can resume from a checkpoint.", read].compactMap(\.self)
            },
            statusCounts: .onlyDeleted,
            isFollowed: true,
            choice: choice,
            usualNeeds: .secondPerson
        )
    }
}
