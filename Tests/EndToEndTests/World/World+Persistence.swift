import Sandbox
import TestSupport

extension World {
    /// Does something again until it shows in a channel: whoever meets a service that has just died tries again.
    /// - Parameter patience: how long it is waited before it is done again; what would count twice needs more.
    func persists(
        until text: String,
        in channel: String,
        patience: Duration = .seconds(3),
        _ action: () async throws -> Void
    ) async throws {
        for _ in 1...10 {
            try? await action()
            if (try? await sees(text, in: channel, within: patience)) != nil { return }
        }
        try await sees(text, in: channel)
    }

    /// Waits until the store knows of all messages that stand: a message is seen a moment before that.
    func hasNotedEveryMessage() async throws {
        let store = try StoreView(folder.file("clusterbot.db"))
        let begin = ContinuousClock.now
        while try store.waitingPosts() > 0 {
            guard .now - begin < .patience else { throw MissingTool("messages were never noted") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
