import BotCore

/// `version`: the version of the program that answers.
package struct Version: Command, Question {
    package static let form = CommandForm("version", summary: "which version answers")
    static let needsReading = false

    package init() {}

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        try words.end(example: "version")
        return Self()
    }

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) -> Reply { Reply("clusterbot \(asking.version)") }
}
