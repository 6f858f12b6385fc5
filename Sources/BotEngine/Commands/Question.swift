import BotCore

/// A command that changes nothing and is answered from the store, the rules and reads of clusters.
protocol Question: Sendable {
    /// Whether only those who may read may ask it. This holds for all but what the bot says of itself and of the person
    /// who asks.
    static var needsReading: Bool { get }
    /// The cluster that it is about, for checking the right to read; nil if none is named.
    var cluster: Cluster? { get }

    /// Returns the user groups without an answer on which the answer hangs, besides what hangs on the right to read.
    func unknown(_ rules: Rulebook, _ actor: Actor, in channel: Channel) -> Set<UserGroup>

    func answer(_ asking: Asking) async throws -> Reply
    /// Returns the answer to somebody who may not read.
    func refused(_ refusal: Refusal, _ asking: Asking) -> Reply
}

extension Question {
    static var needsReading: Bool { true }

    func unknown(_ rules: Rulebook, _ actor: Actor, in channel: Channel) -> Set<UserGroup> { [] }

    func refused(_ refusal: Refusal, _ asking: Asking) -> Reply { .notDone(refusal.sentence) }
}
