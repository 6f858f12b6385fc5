/// Reads back what the bot has told a channel. A store may be put back behind the bot's back; the channel is not.
package protocol HeadReader: Sendable {
    /// Reads which heads the bot's own posts carry.
    ///
    /// Only posts count that this bot wrote in this workspace and that were never edited. Text is never read for it.
    /// - Parameters:
    ///   - place: the ``ReadBack/place`` of an earlier reading, after which to begin; nil: with all that is newer than `since`.
    ///   - since: no post is older than this.
    /// - Throws: why it is not known. Half an answer is none.
    func heads(
        in channel: Channel,
        after place: String?,
        since: Timestamp
    ) async throws(ReadBackProblem) -> ReadBack
}
