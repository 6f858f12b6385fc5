import BotCore

/// Slack's answer on whether the bot can post in a channel, as far as it tells without a post.
package enum SlackChannelLook: Hashable, Sendable {
    case works
    /// It cannot post. The sentence says why and what to do; it holds no secret.
    case refused(String)
    /// Slack does not say. The sentence says why and what to do.
    case unclear(String)
}

extension SlackPoster {
    /// Asks Slack about a channel (`conversations.info`). It changes nothing, and takes up to ten seconds.
    package func look(at channel: Channel) async -> SlackChannelLook {
        guard let configured = settings.workspaces[channel.workspace] else {
            return .refused("\(channel.workspace) is not among `chat.slack.workspaces`: add it.")
        }
        guard let token = configured else {
            return .refused("There is no token for its workspace, so I can post nothing there: add a `bot_token`.")
        }
        do throws(ChatProblem) {
            // Slack's reads take forms only.
            let body = Array("channel=\(channel.id.percentEncoded)".utf8)
            let reply = try await call("conversations.info", form: body, token: token)
            if reply["channel"]?["is_archived"]?.bool == true {
                return .refused("This channel is archived. Use another one, or take it out of the archive.")
            }
            return reply["channel"]?["is_member"]?.bool == true
                ? .works : .refused("I am not in this channel. Invite me with `/invite @clusterbot`.")
        } catch {
            switch error {
            case .cannotPostHere(let sentence): return .refused(sentence)
            case .permanent(let sentence) where sentence.contains("missing_scope"):
                return .unclear(
                    "Slack does not let me see it: give the app the scopes `channels:read` and `groups:read`, and install "
                        + "it again."
                )
            default: return .refused(Self.sentence(error))
            }
        }
    }
}
