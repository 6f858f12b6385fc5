import BotCore

/// The text of `help`: enough to need no manual.
struct HelpText {
    let commandWord: String
    let clusters: [Cluster]

    func message(_ topic: String?) -> Message {
        guard let topic = topic?.lowercased() else { return overview }
        let actions = ActionCatalogue.all.filter { $0.name == topic || topic.hasPrefix($0.words[0]) }
        guard !actions.isEmpty else {
            var message = overview
            message.blocks.insert(.text("There is no topic \(code: topic)."), at: 0)
            return message
        }
        return Message(summary: "Help: \(topic)", blocks: actions.map { .text(line($0)) })
    }

    private var overview: Message {
        let cluster = clusters.first.map(\.title) ?? "42"
        return Message(
            summary: "How to use clusterbot",
            blocks: [
                .heading("clusterbot"),
                .text(
                    "A cluster is named by id or name (\(code: cluster); all: \(code: "\(commandWord) list")). Destructive actions ask a second person."
                ),
            ] + ActionCatalogue.all.map { .text(line($0)) } + [
                .text(
                    "Add \(code: "--reason \"why\"") for the history, \(code: "--plan") to see what would happen without doing it."
                )
            ] + CommandForm.Topic.allCases.map { .text(line($0)) }
        )
    }

    /// Returns the line of a topic: the examples of its commands.
    private func line(_ topic: CommandForm.Topic) -> RichText {
        let examples = CommandCatalogue.all.filter { $0.form.topic == topic }.flatMap { $0.form.examples }
            .map { RichText([.code($0.replacing("{cluster}", with: example))]) }
        return "\(topic.rawValue): " + RichText(Array(examples.map(\.spans).joined(separator: [.plain(", ")])))
    }

    private func line(_ spec: ActionSpec) -> RichText {
        let forms = spec.forms.map { RichText([.code("\(commandWord) \(example) \($0)")]) }
        let joined = RichText(Array(forms.map(\.spans).joined(separator: [.plain(" · ")])))
        return joined + " – \(spec.summary)"
    }

    private var example: String { clusters.first.map { String($0.id) } ?? "42" }
}
