/// The changes that Slack makes to typed text before an app gets it.
enum SimulatedSlackText {
    /// `&`, `<` and `>` become entities; `@name`, `#channel` and web addresses become tokens, because the app has "Escape
    /// channels, users, and links" turned on.
    static func escaped(_ text: String, in workspace: SlackWorkspace) -> String {
        var escaped = ""
        var word = ""
        for character in text {
            if character == " " || character == "\n" {
                escaped += token(word, in: workspace) + String(character)
                word = ""
            } else {
                word.append(character)
            }
        }
        return escaped + token(word, in: workspace)
    }

    private static func token(_ word: String, in workspace: SlackWorkspace) -> String {
        if word.hasPrefix("@") {
            let name = String(word.dropFirst())
            if let person = workspace.people.first(where: { $0.name == name }) {
                return "<@\(person.id)|\(person.name)>"
            }
            if let group = workspace.userGroups.first(where: { $0.handle == name }) {
                return "<!subteam^\(group.id)|@\(group.handle)>"
            }
            if ["here", "channel", "everyone"].contains(name) { return "<!\(name)>" }
        }
        if word.hasPrefix("#"), let channel = workspace.channels.first(where: { !$0.isDirect && "#\($0.name)" == word })
        {
            return "<#\(channel.id)|\(channel.isPrivate ? "" : channel.name)>"
        }
        if word.hasPrefix("http://") || word.hasPrefix("https://") { return "<\(entities(word))>" }
        return entities(word)
    }

    static func entities(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
