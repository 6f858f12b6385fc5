/// A complete HTTP reply, whatever its status. Interim 1xx replies are never one.
package struct CurlResponse: Sendable {
    /// The status, from 200 to 999.
    package var status: Int
    /// The headers in the order received; bytes that are no UTF-8 are replaced. Trailers are left out.
    package var headers: [(name: String, value: String)]
    /// The body as received, or decompressed where the server has compressed what nobody asked it to.
    package var body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header, its name compared without regard to case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

// A reply can repeat secrets of the request.
extension CurlResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "status \(status), \(body.count) bytes" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
