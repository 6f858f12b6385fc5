import BotCore
import ChatKit

/// Creates the series that exist from the start, at zero, so that a dashboard does not wait for the first event of each
/// kind.
enum MetricFamilies {
    /// Creates every series whose labels are known here. The server creates those of webhook outcomes and routes.
    static func announce(_ chats: [ChatConnection]) {
        for metric in Metric.all where metric.labels.allSatisfy({ $0.values != nil }) { metric.announce() }
        Metric.chatRefused.announce(["platform": chats.map(\.platform)])
        Metric.lookUps.announce(["platform": chats.filter { $0.directory != nil }.map(\.platform)])
        for chat in chats { Metric.chatSeconds.announce(["platform": [chat.platform], "method": chat.methods]) }
        Metric.buildInfo.set(1, Version.text, Version.commit)
    }
}
