import BotCore

/// `help [topic]`: what the person may do here, or how one thing is typed.
package struct Help: Command, Question {
    package static let form = CommandForm("help", summary: "what you may do here, or how one thing is typed")
    static let needsReading = false

    /// The word of an action or a command; nil for the overview.
    package let topic: String?

    package init(topic: String?) { self.topic = topic }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        words.dropPoliteWords()
        return Self(topic: words.rest())
    }

    var cluster: Cluster? { nil }

    func unknown(_ rules: Rulebook, _ actor: Actor, in channel: Channel) -> Set<UserGroup> {
        rules.policy.unknown(of: actor)
    }

    func answer(_ asking: Asking) -> Reply {
        Reply(HelpText(asking: asking).message(topic))
    }
}
