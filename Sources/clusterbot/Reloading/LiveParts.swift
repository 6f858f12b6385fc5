import BotConfiguration
import BotCore
import BotEngine
import ChatKit
import ClusterAPI
import CurlHTTP
import Logging
import NIOConcurrencyHelpers

/// Holds the configuration in force with the parts that were made from it. A reload replaces them all at once. Whoever
/// uses one asks for it each time and keeps no copy: a call that has begun ends with the secrets with which it began.
final class LiveParts: Sendable {
    private struct Parts: Sendable {
        let configuration: Configuration
        let clusters: any ClusterControl
        /// The platforms, by name.
        var chats: [String: ChatConnection]
    }

    /// The configuration at the start, of which some parts hold until the end.
    let start: Configuration
    /// The platforms as they were connected at the start.
    private let connected: [ChatConnection]
    private let parts: NIOLockedValueBox<Parts>
    private let make: @Sendable (Configuration) -> Parts

    init(
        _ configuration: Configuration,
        transport: CurlTransport,
        clock: any BotClock,
        skew: ClockComparison? = nil,
        logger: Logger
    ) {
        make = { configuration in
            Parts(
                configuration: configuration,
                clusters: E2EClusterAPI(
                    settings: configuration.clusterAPI,
                    transport: transport,
                    clock: clock,
                    version: Version.text,
                    logger: logger,
                    skew: skew
                ),
                chats: Dictionary(
                    configuration.chat.map { ($0.platform, $0.connect(transport, clock)) },
                    uniquingKeysWith: { first, _ in first }
                )
            )
        }
        let first = make(configuration)
        start = configuration
        connected = configuration.chat.compactMap { first.chats[$0.platform] }
        parts = NIOLockedValueBox(first)
    }

    var configuration: Configuration { parts.withLockedValue(\.configuration) }
    var clusters: any ClusterControl { parts.withLockedValue(\.clusters) }
    func chat(_ platform: String) -> ChatConnection? { parts.withLockedValue { $0.chats[platform] } }

    /// The platforms for the service's whole life: each asks for its present part whenever it is used.
    var chats: [ChatConnection] {
        connected.map { first in
            ChatConnection(
                platform: first.platform,
                poster: LivePoster(live: self, first: first),
                directory: first.directory.map { LiveDirectory(live: self, platform: first.platform, first: $0) },
                headReader: first.headReader.map { LiveHeadReader(live: self, platform: first.platform, first: $0) },
                door: first.door.map { LiveDoor(live: self, first: $0) },
                sources: first.sources,
                socketDoor: first.socketDoor,
                methods: first.methods
            )
        }
    }

    /// Replaces all parts by those of a re-read configuration, but for what only a restart changes.
    /// - Returns: the configuration that is in force now, and a sentence for each part that was kept.
    func replace(with next: Configuration) -> (Configuration, kept: [String]) {
        var (taken, kept) = next.keeping(from: start)
        var made = make(taken)
        for first in connected {
            // Who waits at the socket waits at the door of the start, and what they are told goes through its poster.
            if first.socketDoor != nil {
                made.chats[first.platform] = first
                continue
            }
            guard let new = made.chats[first.platform] else { continue }
            if new.poster.historyChannel != first.poster.historyChannel {
                kept.append("`chat.\(first.platform).history_channel` changes only by a restart")
            }
            if !first.sources.isEmpty {
                kept.append("the connections of `chat.\(first.platform)` keep their settings until a restart")
            }
        }
        taken = made.configuration
        parts.withLockedValue { [made] parts in parts = made }
        return (taken, kept)
    }

    /// Makes the context with which the engine works.
    /// - Parameter readsChannels: whether history channels can be read back; without secrets they cannot.
    func context(
        store: any BotStore,
        logger: Logger,
        clock: any BotClock,
        readsChannels: Bool = true
    ) -> EngineContext {
        EngineContext(
            store: store,
            clusters: LiveClusters(live: self),
            platforms: Dictionary(chats.map { ($0.platform, $0.poster) }, uniquingKeysWith: { first, _ in first }),
            directories: Dictionary(
                chats.compactMap { chat in chat.directory.map { (chat.platform, $0) } },
                uniquingKeysWith: { first, _ in first }
            ),
            headReaders: Dictionary(
                !readsChannels ? [] : chats.compactMap { chat in chat.headReader.map { (chat.platform, $0) } },
                uniquingKeysWith: { first, _ in first }
            ),
            clock: clock,
            rulebook: configuration.rulebook,
            logger: logger
        )
    }
}
