import BotCore

/// Something that is asked and changes nothing.
protocol Question: Sendable {
    /// Whether only those may ask who may read: all but what the bot says of itself and of whoever asks.
    static var needsReading: Bool { get }
    /// The cluster that it is about, for the right to read; nil if none is named.
    var cluster: Cluster? { get }

    func answer(_ asking: Asking) async throws -> Reply
    /// The answer to somebody who may not read.
    func refused(_ refusal: Refusal, _ asking: Asking) -> Reply
}

extension Question {
    static var needsReading: Bool { true }
    var cluster: Cluster? { nil }

    func refused(_ refusal: Refusal, _ asking: Asking) -> Reply { Reply(refusal.reason) }
}
