import BotCore
import ChatKit

/// Reads a platform's history channel back by the configuration in force, from the beginning of a reading to its end.
struct LiveHeadReader: HeadReader {
    let live: LiveParts
    let platform: String
    let first: any HeadReader

    func heads(
        in channel: Channel,
        after place: String?,
        since: Timestamp
    ) async throws(ReadBackProblem) -> ReadBack {
        try await (live.chat(platform)?.headReader ?? first).heads(in: channel, after: place, since: since)
    }
}
