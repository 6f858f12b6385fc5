import CurlHTTP

/// Slack's way to the app: one signed POST, once, with the time limit that Slack has.
struct AppConnection: Sendable {
    /// The end of one delivery.
    enum Outcome: Sendable {
        case answered(CurlResponse)
        case timedOut
        /// No connection came about, or it broke; the text says why.
        case failed(String)
    }

    let transport: any HTTPTransport

    func post(_ body: [UInt8], to url: String, headers: [(name: String, value: String)], within limit: Duration) async
        -> Outcome
    {
        let request = CurlRequest(
            method: .post,
            url: url,
            headers: headers,
            body: body,
            sending: .single,
            connectTimeout: limit,
            totalTimeout: limit,
            allowsPlainHTTP: true,
            allowsPrivateAddress: true
        )
        do {
            return .answered(try await transport.execute(request))
        } catch  where error.code == .timeout {
            return .timedOut
        } catch {
            return .failed(error.description)
        }
    }
}
