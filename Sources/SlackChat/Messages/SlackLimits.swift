/// The limits beyond which Slack refuses a message, from its Block Kit reference. Texts are counted in UTF-16 units:
/// Slack does not say in which unit it counts, and characters or scalars never give a larger number.
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
    /// The limit of a message's `text`. Slack cuts a longer one in a post, and refuses it in an edit.
    static let text = 4000
}
