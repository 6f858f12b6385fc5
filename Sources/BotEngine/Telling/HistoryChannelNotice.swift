import BotCore
import Logging

/// Posts a notice to everybody that is about no change, for example credentials that expire soon. It goes to the
/// history channels at once and is not stored. It is tried a few times; after that a post that failed is only a line in the log.
package struct HistoryChannelNotice: Sendable {
    let context: EngineContext

    package init(context: EngineContext) { self.context = context }

    private static let tries = 5
    private static let longestPause = Duration.seconds(30)

    /// - Parameter text: one or more sentences in which back-ticks mark code.
    package func post(_ text: String) async {
        for (name, platform) in context.platforms.sorted(by: { $0.key < $1.key }) {
            guard let channel = platform.historyChannel else { continue }
            guard let problem = await post(text, to: channel, of: platform) else { continue }
            context.logger.warning(
                "the history channel was not told",
                metadata: ["platform": "\(name)", "channel": "\(channel)", "problem": "\(problem)"]
            )
        }
    }

    /// Returns the problem if it could not be posted.
    private func post(_ text: String, to channel: Channel, of platform: any ChatPlatform) async -> ChatProblem? {
        var message = Message(RichText(marked: text))
        message.head = try? await context.store.read { reader in
            let told = try reader.toldHead()
            // Before the channel was read back this may be a copy: what it tells holds nobody else.
            return ToldHead(
                store: told.store,
                head: told.head,
                isHeld: told.isHeld || context.channelStanding != .isPassed
            )
        }
        for number in 1... {
            do throws(ChatProblem) {
                _ = try await platform.post(message, to: PostAddress(channel: channel))
                return nil
            } catch {
                // What may have been posted is not posted again.
                guard case .rateLimited(let wait) = error, number < Self.tries, !context.execution.isClosed,
                    (try? await context.clock.sleep(min(wait, Self.longestPause))) != nil
                else { return error }
            }
        }
        return nil
    }
}
