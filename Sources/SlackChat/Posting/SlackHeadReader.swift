import BotCore
import CurlHTTP

/// Reads the bot's own posts in a channel back (`conversations.history`).
///
/// Only those count whose author is the bot of the token (`auth.test`), in its workspace, of the configured app, and that
/// were never edited.
struct SlackHeadReader: HeadReader {
    let poster: SlackPoster

    /// The size of a page. Slack gives at most 999 messages, and may give fewer.
    private static let page = 500
    /// The longest reply, in bytes: a page of long messages. Where a page is longer, a shorter page is asked for.
    private static let maximumReply = 16 * 1024 * 1024
    private static let mostPages = 5000
    private static let method = "conversations.history"

    private typealias Post = (ts: String, told: ToldHead)

    func heads(in channel: Channel, after place: String?, since: Timestamp) async throws(ReadBackProblem) -> ReadBack {
        guard let token = poster.settings.workspaces[channel.workspace].flatMap(\.self) else {
            throw .notAllowed("Only a bot with a token can read: give `\(channel.workspace)` a `bot_token`.")
        }
        let author = try await author(in: channel.workspace, token)
        var posts: [Post] = []
        var (cursor, limit) = ("", Self.page)
        for _ in 0..<Self.mostPages {
            var form = [
                "channel": channel.id, "include_all_metadata": "true", "limit": "\(limit)",
                "oldest": place ?? "\(max(since.seconds, 0)).000000",
            ]
            if !cursor.isEmpty { form["cursor"] = cursor }
            let reply: JSONValue
            switch try await page(form, token, isFirst: cursor.isEmpty) {
            case .read(let page): reply = page
            case .tooLong:
                guard limit > 1 else { throw .noAnswer("One message of the channel is too long to be read.") }
                limit = max(1, limit / 8)
                continue
            case .tooFast(let pause):
                guard (try? await poster.clock.sleep(pause)) != nil else { throw .rateLimited(pause) }
                continue
            }
            limit = min(Self.page, limit * 8)
            guard let messages = reply["messages"]?.array else {
                throw .unusable("Slack's conversations.history did not say what stands in the channel.")
            }
            for message in messages {
                guard let ts = message["ts"]?.string, Self.isTS(ts) else { continue }
                if let told = told(message, author, channel.workspace) { posts.append((ts, told)) }
            }
            cursor = reply["response_metadata"]?["next_cursor"]?.string ?? ""
            guard !cursor.isEmpty || reply["has_more"]?.bool != true else {
                throw .unusable("Slack's conversations.history did not say how it goes on.")
            }
            if cursor.isEmpty {
                posts.sort { Self.isEarlier($0.ts, $1.ts) }
                // Up to the bot's own newest: what others wrote after it may be overtaken by a post that is on its way.
                return ReadBack(heads: posts.map(\.told), place: posts.last?.ts ?? place)
            }
        }
        throw .noAnswer("The channel has too many messages to be read in time.")
    }

    /// Returns the id under which the bot's messages stand.
    private func author(in workspace: String, _ token: Secret) async throws(ReadBackProblem) -> String {
        do throws(ChatProblem) {
            let reply = try await poster.call("auth.test", [:], token: token, sending: .repeatable)
            if reply["team_id"]?.string == workspace, let author = reply["bot_id"]?.string, !author.isEmpty {
                return author
            }
        } catch {
            throw Self.problem(error)
        }
        throw .unusable("Slack's auth.test did not say under which id the bot writes in \(workspace).")
    }

    private static func problem(_ problem: ChatProblem) -> ReadBackProblem {
        switch problem {
        case .rateLimited(let pause): .rateLimited(pause)
        case .transient(let text): .noAnswer(text)
        case .permanent(let text) where text.contains(" missing_scope."):
            .notAllowed(
                "Give the Slack app the scopes `channels:history` and `groups:history` (OAuth & Permissions), and "
                    + "install it again."
            )
        case .permanent, .cannotPostHere, .layoutRefused, .messageGone: .unusable(SlackPoster.sentence(problem))
        }
    }

    /// Returns the head that a message carries, if it is the bot's own and nobody has edited it.
    private func told(_ message: JSONValue, _ author: String, _ workspace: String) -> ToldHead? {
        let teams = [message["team"]?.string, message["bot_profile"]?["team_id"]?.string].compactMap(\.self)
        guard message["bot_id"]?.string == author, message["app_id"]?.string == poster.settings.appID,
            !teams.isEmpty, teams.allSatisfy({ $0 == workspace }), message["edited"] == nil
        else { return nil }
        return SlackHead.told(message["metadata"])
    }

    private enum Page {
        case read(JSONValue)
        case tooLong
        /// Slack asks to wait between two pages.
        case tooFast(Duration)
    }

    private func page(
        _ form: [String: String],
        _ token: Secret,
        isFirst: Bool
    ) async throws(ReadBackProblem) -> Page {
        let pairs = form.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.percentEncoded)" }
        let body = Array(pairs.joined(separator: "&").utf8)
        let response: CurlResponse
        do throws(TransportError) {
            response = try await poster.exchange(
                poster.formRequest(Self.method, body, token, Self.maximumReply),
                Self.method
            )
        } catch {
            if error.code == .bodyTooLarge { return .tooLong }
            throw .noAnswer("Slack's \(Self.method): \(error.description)")
        }
        do throws(ChatProblem) {
            return .read(try SlackProblem.members(of: response, method: Self.method))
        } catch {
            if case .rateLimited(let pause) = error, !isFirst { return .tooFast(pause) }
            throw Self.problem(error)
        }
    }

    /// Returns whether a text is Slack's name of a message: seconds, a point and six digits.
    private static func isTS(_ text: String) -> Bool { text.wholeMatch(of: /[0-9]{1,12}\.[0-9]{6}/) != nil }

    private static func isEarlier(_ left: String, _ right: String) -> Bool {
        (left.utf8.count, left) < (right.utf8.count, right)
    }
}
