/// What every client of a foreign HTTP interface in this program is given, so that tests can hand it something else.
package protocol HTTPTransport: Sendable {
    /// Sends one request and returns the complete reply, whatever its status.
    ///
    /// Everything but a complete reply is a `TransportError`, whose `delivery` says whether the request can have left.
    /// A cancelled task ends the call at once with code `cancelled`; that says nothing about the far side.
    func execute(_ request: CurlRequest) async throws(TransportError) -> CurlResponse
}
