/// The arguments of a Web API call, from the query, a form or a JSON body.
struct SlackArguments {
    private(set) var values: [String: SandboxJSON] = [:]
    /// Whether the body claims to be JSON and is not an object.
    private(set) var isMalformed = false
    /// Slack's warnings about the call.
    private(set) var warnings: [String] = []

    init(_ request: SandboxRequest, takesJSON: Bool) {
        for (name, value) in request.parameters { values[name] = .string(value) }
        switch request.mediaType {
        case "application/json":
            if !(request.header("content-type") ?? "").lowercased().contains("charset") {
                warnings = ["missing_charset"]
            }
            guard takesJSON, !request.body.isEmpty else { return }
            guard let members = SandboxJSON(parsing: request.body)?.object else {
                isMalformed = true
                return
            }
            values.merge(members) { _, last in last }
        case "application/x-www-form-urlencoded":
            for (name, value) in FormCoding.decode(String(decoding: request.body, as: UTF8.self)) {
                values[name] = .string(value)
            }
        default:
            break
        }
    }

    /// Takes the token out, which a form may carry instead of the header.
    mutating func removeToken() -> String? { values.removeValue(forKey: "token")?.string }

    /// A text; numbers are taken as texts, as Slack does. Nil if absent or empty.
    func string(_ name: String) -> String? {
        switch values[name] {
        case .string(let text): text.isEmpty ? nil : text
        case .int(let number): String(number)
        default: nil
        }
    }

    /// A structure, either as it is or as a JSON text; nil if absent, `null` if it is neither.
    func structure(_ name: String) -> SandboxJSON? {
        guard let value = values[name], value != .null else { return nil }
        guard let text = value.string else { return value }
        return text.isEmpty ? nil : SandboxJSON(parsing: text.utf8) ?? .null
    }
}
