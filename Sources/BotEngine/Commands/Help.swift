import BotCore

/// `help [action]`: shows how commands are typed.
package struct Help: Command, Question {
    package static let form = CommandForm("help")
    static let needsReading = false

    /// An action's name or word; nil for the overview.
    package let topic: String?

    package init(topic: String?) { self.topic = topic }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        words.dropPoliteWords()
        return Self(topic: words.rest())
    }

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) -> Reply {
        let text = HelpText(commandWord: asking.rules.commandWords[asking.channel], clusters: asking.rules.clusters)
        return Reply(text.message(topic))
    }
}
