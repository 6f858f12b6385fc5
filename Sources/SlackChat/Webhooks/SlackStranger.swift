import ChatKit

/// Why a genuine request is not ours.
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

    /// To somebody who typed a command.
    var answer: WebhookAnswer { .privately(sentence, outcome, refusal) }

    /// To somebody who clicked.
    func answer(through handle: String?) -> WebhookAnswer {
        .toClicker(sentence, through: handle, outcome, refusal)
    }
}
