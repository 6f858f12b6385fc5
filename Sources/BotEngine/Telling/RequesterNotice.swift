import BotCore
import Logging

/// Tells the requester of a change in private what their channel cannot be shown now.
struct RequesterNotice: Sendable {
    let context: EngineContext
    /// The sentences that say why the channel is not shown it, and what to do about it.
    let why: String

    /// Tells the requester, if it is worth it: the first message about a change, and what somebody must act on or waits
    /// for. Returns whether they were told of the change, now or before.
    func tell(_ post: Post, _ shown: Announcer.Rendering) async -> Bool {
        guard post.place == .conversation else { return false }
        guard post.told < shown.revision, post.posted + post.told == 0 || shown.isMilestone else {
            return post.told > 0
        }
        guard let account = shown.requester, let platform = context.platforms[account.platform],
            platform.features(in: shown.channel).privateAnswers
        else { return false }
        do {
            try await platform.tell(
                account,
                message(shown),
                at: PostAddress(channel: shown.channel, replyHandle: shown.replyHandle)
            )
            return true
        } catch {
            context.logger.warning(
                "requester not told",
                metadata: [
                    "channel": "\(shown.channel)", "problem": "\(error)",
                ]
            )
            return post.told > 0
        }
    }

    private func message(_ shown: Announcer.Rendering) -> Message {
        var message = shown.message.withoutButtons
        message.identity = nil
        let waits = shown.waitsForPeople ? " Nobody can approve it before they can see it there." : ""
        message.blocks.append(.note(RichText(marked: "Only you see this. \(why)\(waits)")))
        return message
    }
}
