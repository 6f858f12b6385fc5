/// A request as a simulated server sees it.
struct SandboxRequest: Sendable {
    /// The method in upper case.
    let method: String
    /// The path without the query, as it was sent.
    let path: String
    /// The raw query, without the question mark.
    let query: String
    /// The headers in the order of arrival, names in lower case.
    let headers: [(name: String, value: String)]
    /// The body; empty until the whole request was read.
    var body: [UInt8]

    /// The query's parameters.
    var parameters: [String: String] { FormCoding.decode(query) }

    /// The first header of that name; the name in lower case.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The media type without its parameters, in lower case.
    var mediaType: String {
        let value = header("content-type") ?? ""
        return value.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
    }

    /// The text after `Bearer ` in the Authorization header.
    var bearer: String? {
        guard let value = header("authorization"), value.hasPrefix("Bearer ") else { return nil }
        return String(value.dropFirst("Bearer ".count))
    }
}
