import BotConfiguration
import BotCore
import BotEngine
import BotStore
import ChatKit
import CurlHTTP
import Glibc

/// Reads the history channels back for `doctor`, and compares them with the store.
struct ChannelCheckup {
    let configuration: Configuration
    let transport: CurlTransport

    /// How far back posts of other stores are looked for: both services are in use.
    private static let lately = Duration.seconds(-86_400)

    func run(_ report: DoctorReport) async {
        // Before the first start there is nothing to compare. What is wrong with the store is in a line of its own.
        guard access(configuration.storePath, F_OK) == 0,
            let store = try? ReadOnlySQLiteStore(path: configuration.storePath)
        else { return }
        for module in ChatModules.all {
            guard let settings = configuration.chat.first(where: { $0.platform == module.name }) else { continue }
            let connection = settings.connect(transport, SystemClock())
            guard let channel = connection.poster.historyChannel, let reader = connection.headReader else { continue }
            let subject = "\(module.title), what the history channel remembers"
            do {
                try await check(channel, reader, store, subject, report)
            } catch let problem as ReadBackProblem {
                let loss = "a store that is put back together with its marker is not noticed, so that is not guarded."
                report.line(.warn, subject, "\(loss) \(problem.sentence)")
            } catch {
                report.line(.fail, subject, "\(error)")
            }
        }
    }

    private func check(
        _ channel: Channel,
        _ reader: any HeadReader,
        _ store: ReadOnlySQLiteStore,
        _ subject: String,
        _ report: DoctorReport
    ) async throws {
        let (place, identity) = try await store.read { (try $0.comparedPlace(in: channel), try $0.identity()) }
        let readBack = try await reader.heads(
            in: channel,
            after: place,
            since: identity.toldSince(at: SystemClock().now)
        )
        let lately = try await reader.heads(in: channel, after: nil, since: SystemClock().now + Self.lately)
        // The store is looked at after the channel: a service that runs tells only what it has stored.
        let (comparison, hold) = try await store.read {
            (try ChannelComparison(readBack, of: channel, with: $0), try $0.hold())
        }
        if lately.heads.contains(where: { $0.store != identity.id }) {
            report.line(
                .warn,
                subject,
                "another clusterbot with a store of its own posts in \(channel), too: give each its own `history_channel`, "
                    + "so that people can tell whose history they read"
            )
        }
        if let fork = comparison.fork {
            let isKnown = hold?.fork == fork
            report.line(
                isKnown ? .warn : .fail,
                subject,
                isKnown
                    ? "it knows \(fork.head.short), as the line about the store says"
                    : "it knows \(fork.head.short), which the store does not have: a service that runs sends nothing within five "
                        + "minutes, and the next start nothing at all, until somebody has compared them"
            )
        } else {
            let newest = comparison.newest.map { "its newest post fits the store (\($0.short))" }
            report.line(.ok, subject, newest ?? "nothing in it is newer than the last comparison")
        }
    }
}
