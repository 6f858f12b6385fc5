import ChatKit

/// The reason why a genuine request is not for this app and its workspaces.
enum SlackStranger {
    case app, workspace

    private var sentence: String {
        switch self {
        case .app: "This request is for another Slack app. Nothing was done."
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
