import HummingbirdCore
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTPTypes

/// A connection that was accepted and waits for whoever serves it. If nobody comes, because the server ended meanwhile, it
/// is closed: an asynchronous channel that is dropped without that ends the process.
final class AcceptedConnection: ServerChildChannelValue {
    typealias AsyncChannel = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    private let asyncChannel: AsyncChannel
    private let isTaken = NIOLockedValueBox(false)

    init(_ asyncChannel: AsyncChannel) { self.asyncChannel = asyncChannel }

    var channel: any NIOCore.Channel { asyncChannel.channel }

    /// Hands it over to whoever serves and closes it.
    func take() -> AsyncChannel {
        isTaken.withLockedValue { $0 = true }
        return asyncChannel
    }

    deinit {
        guard !isTaken.withLockedValue({ $0 }) else { return }
        Task { [asyncChannel] in try? await asyncChannel.executeThenClose { _, _ in } }
    }
}
