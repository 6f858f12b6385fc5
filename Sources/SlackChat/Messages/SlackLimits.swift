/// What Slack refuses beyond, from its Block Kit reference. Counted here in UTF-16 units: Slack does not say in which
/// unit it counts, and no other one gives a larger number.
enum SlackLimits {
    static let blocks = 50
    static let header = 150
    static let sectionText = 3000
    static let fields = 10
    static let field = 2000
    static let contextText = 3000
    static let buttons = 25
    static let buttonLabel = 75
    static let buttonValue = 2000
    /// Of the whole message; what is longer is cut by Slack when posted and refused when edited.
    static let text = 4000
}
