import BotCore
import CurlHTTP

/// Slack's answer about the bot's token for one workspace.
package enum SlackAuthentication: Hashable, Sendable {
    /// It works and is for that workspace. `user` is the bot's own user id.
    case works(bot: String, user: String)
    /// The workspace is configured without a token.
    case noToken
    /// The sentence says what is wrong and what to do; it holds no secret.
    case failed(String)
}

extension SlackPoster {
    /// Asks Slack whose token it is (`auth.test`). It changes nothing, and takes up to ten seconds.
    package func authTest(workspace: String) async -> SlackAuthentication {
        guard let configured = settings.workspaces[workspace] else {
            return .failed("\(workspace) is not among `chat.slack.workspaces`: add it.")
        }
        guard let token = configured else { return .noToken }
        do throws(ChatProblem) {
            let reply = try await call("auth.test", [:], token: token, sending: .repeatable)
            let owner = reply["team_id"]?.string.flatMap { SlackReceiver.isID($0) ? $0 : nil }
            guard owner == workspace else {
                return .failed(
                    "The token of \(workspace) is for \(owner ?? "no workspace"): exchange the `bot_token`s."
                )
            }
            return .works(bot: reply["user"]?.string ?? "", user: reply["user_id"]?.string ?? "")
        } catch {
            return .failed(Self.sentence(error))
        }
    }

    static func sentence(_ problem: ChatProblem) -> String {
        switch problem {
        case .cannotPostHere(let text), .transient(let text), .permanent(let text), .layoutRefused(let text): text
        case .rateLimited(let pause): "Slack says that it was asked too often: try again in \(pause.spoken)."
        case .messageGone: "Slack answered to something else than what was asked: check `chat.slack.api_url`."
        }
    }
}
