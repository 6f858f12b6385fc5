/// A way to send HTTP requests. Every client of a foreign HTTP interface is given one, so that tests can hand it another.
package protocol HTTPTransport: Sendable {
    /// Sends one request and returns the complete reply, whatever its status.
    ///
    /// Everything but a complete reply is a `TransportError`, whose `delivery` says whether the request can have left.
    /// A cancelled task ends the call at once with code `cancelled`; that says nothing about the far side.
    func execute(_ request: CurlRequest) async throws(TransportError) -> CurlResponse
}
