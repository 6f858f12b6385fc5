import BotCore
import Logging

/// Posts a notice to everybody that is about no change, for example credentials that expire soon. It goes to the
/// history channels at once and is not stored. The caller repeats it, so a failed post is only a line in the log.
package struct HistoryChannelNotice: Sendable {
    let context: EngineContext

    package init(context: EngineContext) { self.context = context }

    /// - Parameter text: one or more sentences in which back-ticks mark code.
    package func post(_ text: String) async {
        for (name, platform) in context.platforms.sorted(by: { $0.key < $1.key }) {
            guard let channel = platform.historyChannel else { continue }
            do {
                _ = try await platform.post(Message(RichText(marked: text)), to: PostAddress(channel: channel))
            } catch {
                context.logger.warning(
                    "the history channel was not told",
                    metadata: ["platform": "\(name)", "channel": "\(channel)", "problem": "\(error)"]
                )
            }
        }
    }
}
