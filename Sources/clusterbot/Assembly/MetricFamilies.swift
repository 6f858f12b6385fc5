import BotCore
import ChatKit

/// The series that exist from the start, at zero, so that a dashboard does not wait for the first event of each kind.
enum MetricFamilies {
    /// Every series whose labels are known here; the server knows the outcomes of webhooks and the routes.
    static func announce(_ chats: [ChatConnection]) {
        for metric in Metric.all where metric.labels.allSatisfy({ $0.values != nil }) { metric.announce() }
        Metric.chatRefused.announce(["platform": chats.map(\.platform)])
        for chat in chats { Metric.chatSeconds.announce(["platform": [chat.platform], "method": chat.methods]) }
        Metric.buildInfo.set(1, Version.text, Version.commit)
    }
}
