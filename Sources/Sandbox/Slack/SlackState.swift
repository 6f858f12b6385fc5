/// The events of a simulated workspace so far, as a value that a test can look at when it likes.
package struct SlackState: Sendable {
    /// Counts every change.
    package internal(set) var revision = 0
    package internal(set) var channels: [SlackWorkspace.Channel]
    /// The messages in the order of their `ts`, deleted ones included.
    package internal(set) var messages: [SlackMessage] = []
    package internal(set) var calls: [SlackAPICall] = []
    package internal(set) var deliveries: [SimulatedSlackDelivery] = []
    package internal(set) var hooks: [String: SlackHook] = [:]
    package internal(set) var faults: [SlackFault] = []

    /// The messages that everybody in a channel sees, oldest first.
    package func messages(in channel: String) -> [SlackMessage] {
        messages.filter { $0.channel == channel && $0.visibleTo == nil && !$0.isDeleted }
    }

    /// The messages that only this person sees, oldest first; their own commands and Slack's notices are among them.
    package func ephemerals(for user: String) -> [SlackMessage] {
        messages.filter { $0.visibleTo == user && !$0.isDeleted }
    }

    /// The messages that a person sees in a channel, oldest first.
    package func view(of channel: String, for user: String) -> [SlackMessage] {
        messages.filter { $0.channel == channel && ($0.visibleTo ?? user) == user && !$0.isDeleted }
    }

    /// One message.
    package func message(_ ts: String, in channel: String) -> SlackMessage? {
        index(ofMessage: ts, in: channel).map { messages[$0] }
    }

    func index(ofMessage ts: String, in channel: String) -> Int? {
        messages.lastIndex { $0.ts == ts && $0.channel == channel && !$0.isDeleted }
    }

    func channel(_ id: String) -> SlackWorkspace.Channel? { channels.first { $0.id == id } }
}
