import ChatKit

/// The reason why a genuine request is not for this app and its workspaces.
enum SlackStranger {
    case app, workspace, organisation

    /// Says why requests from Enterprise Grid have no effect yet.
    static let organisationsAreLater =
        "Enterprise Grid is not supported yet: one person can act there from several workspaces, and would count as several "
        + "people, who could approve their own changes."

    private var sentence: String {
        switch self {
        case .app: "This request is for another Slack app. Nothing was done."
        case .organisation: "\(Self.organisationsAreLater) Nothing was done."
        case .workspace:
            "This Slack workspace is not connected to me. Nothing was done. Ask whoever runs me to add it."
        }
    }

    private var outcome: WebhookOutcome { self == .app ? .foreignApp : .foreignWorkspace }
    private var refusal: WebhookRefusal { self == .app ? .foreignApp : .foreignWorkspace }

    /// The answer to a person who typed a command.
    var answer: WebhookAnswer { .privately(sentence, outcome, refusal) }

    /// Returns the answer to a person who clicked.
    func answer(through handle: String?) -> WebhookAnswer {
        .toClicker(sentence, through: handle, outcome, refusal)
    }
}
