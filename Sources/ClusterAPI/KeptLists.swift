import BotCore
import NIOConcurrencyHelpers

/// The lists of projects that were read within the last minute: what people choose from and what gives things their names.
final class KeptLists: Sendable {
    struct Key: Hashable {
        let project: String
        let kind: ListKind
    }

    private struct Kept {
        let list: NamedList
        let readAt: Duration
    }

    private let kept = NIOLockedValueBox<[Key: Kept]>([:])

    private static let keptFor = Duration.seconds(60)

    /// Returns a list that was read less than a minute ago; nil if there is none.
    func list(_ key: Key, at uptime: Duration) -> NamedList? {
        kept.withLockedValue { kept in kept[key].flatMap { uptime - $0.readAt < Self.keptFor ? $0.list : nil } }
    }

    func keep(_ list: NamedList, _ key: Key, at uptime: Duration) {
        kept.withLockedValue { $0[key] = Kept(list: list, readAt: uptime) }
    }
}
