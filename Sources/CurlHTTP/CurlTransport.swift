import CCurl
import Foundation

/// An HTTP client over libcurl for tasks: one thread, one set of connections.
///
/// Make one for the process and `shutdown()` it before leaving `main`.
package final class CurlTransport: HTTPTransport, Sendable {
    /// The longest total time: beyond any sensible limit, and far enough from overflow.
    private static let longestTotal = Duration.seconds(24 * 60 * 60)

    private let inbox: Inbox
    private let egress: Egress

    /// - Parameters:
    ///   - egress: the way out, for every request.
    ///   - maximumConnectionsPerHost: further calls to the same host wait, within their own time limits. Six is what
    ///     browsers allow themselves.
    ///   - maximumConnections: the same over all hosts.
    /// - Throws: `CurlSetupError` when this process must not use libcurl, see `prepareProcess()`.
    package init(
        egress: Egress = .direct,
        maximumConnectionsPerHost: Int = 6,
        maximumConnections: Int = 64
    ) throws(CurlSetupError) {
        try Self.prepareProcess()
        guard let multi = curl_multi_init() else { throw Self.noMemory }
        let options = [
            (CURLMOPT_MAX_HOST_CONNECTIONS, maximumConnectionsPerHost),
            (CURLMOPT_MAX_TOTAL_CONNECTIONS, maximumConnections),
            (CURLMOPT_MAXCONNECTS, maximumConnections),
            (CURLMOPT_PIPELINING, ccurl_multiplex),
        ]
        for (option, value) in options where ccurl_multi_set_long(multi, option, value) != CURLM_OK {
            curl_multi_cleanup(multi)
            throw Self.noMemory
        }
        let inbox = Inbox(multi: multi)
        self.inbox = inbox
        self.egress = egress
        let thread = Thread { CurlLoop(inbox).run() }
        thread.name = "curl"
        thread.start()
    }

    /// Ends the thread also where `shutdown()` was not called; nobody waits for it then.
    deinit {
        inbox.stop()
    }

    /// Sends a request; see `HTTPTransport`. Any number of tasks may call it at once.
    package func execute(_ request: CurlRequest) async throws(TransportError) -> CurlResponse {
        let deadline = ContinuousClock.now + min(request.totalTimeout, Self.longestTotal)
        let id = inbox.nextID()
        let ticket = CancellationTicket()
        let result: Result<CurlResponse, TransportError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let call = Call(
                    id: id,
                    request: request,
                    egress: egress,
                    deadline: deadline,
                    continuation: continuation
                )
                if ticket.isCancelled {
                    call.finish(.failure(TransportError(code: .cancelled, delivery: .notSent)))
                } else if !inbox.start(call) {
                    call.finish(.failure(TransportError(code: .shutDown, delivery: .notSent)))
                } else if ticket.markEnqueued() {
                    inbox.cancel(id)
                }
            }
        } onCancel: {
            if ticket.markCancelled() { inbox.cancel(id) }
        }
        return try result.get()
    }

    /// Ends every call that is left with `shutDown` and returns when the thread has left libcurl for good. Later calls
    /// fail at once. May be called more than once.
    package func shutdown() async {
        await withCheckedContinuation { inbox.stop($0) }
    }

    /// Calls that were accepted and have not returned yet.
    package var callsInFlight: Int { inbox.callsInFlight }

    private static let noMemory = CurlSetupError("libcurl has no memory left: give the process more.")
}
