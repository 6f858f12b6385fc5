import BotCore

/// A reply of the API as far as its shape can be relied on: `{"code", "data", "errors", "message"}`, or one of the other
/// forms in which this family of APIs reports failures.
struct Envelope: Sendable {
    /// Statuses, in the reply's head or body, that are a definite no. Every other failure leaves open what happened.
    static let definiteRefusals: Set<Int> = [400, 401, 403, 404, 409, 412, 422]

    private let members: [String: JSONValue]

    /// Reads a body; nil if it is not one whole JSON object.
    init?(_ body: [UInt8]) {
        guard let members = (try? JSONValue(parsing: body))?.object else { return nil }
        self.members = members
    }

    var data: JSONValue? { members["data"] }
    var message: String? { members["message"]?.string }

    /// The number of pages and of entries, where a list tells them.
    var totalPages: Int? { members["total_page_number"]?.lenientInt }
    var totalCount: Int? { members["total_count"]?.lenientInt }

    // MARK: What it says of success

    /// The deviation from the documented form of a success; nil if there is none.
    var flaw: String? {
        switch members["code"] {
        case .int, .double: break
        default: return "`code` is missing or no number"
        }
        guard message != nil else { return "`message` is missing or no text" }
        guard data != nil else { return "`data` is missing" }
        guard !Self.saysSomething(members["errors"]), !Self.saysSomething(members["error"]) else {
            return "`errors` holds something"
        }
        return nil
    }

    /// Whether it reports a failure, whatever the reply's status.
    var reportsFailure: Bool {
        !failureCodes.isEmpty || Self.isTruthy(members["errors"]) || Self.saysSomething(members["detail"])
    }

    // MARK: What it says of failure

    /// Whether it is one of the forms in which the API refuses, and a definite no by every code that it holds.
    var isRefusal: Bool { hasRefusalForm && isDefinite }

    /// The same for a reply to too many requests, which says so in its body as well.
    var isRefusalForNow: Bool { hasRefusalForm && failureCodes.allSatisfy { $0 == 429 } }

    private var hasRefusalForm: Bool {
        let hasKnownField =
            ["message", "error", "detail", "description"].contains { Self.saysSomething(members[$0]) }
            || Self.isTruthy(members["errors"]) || members["responseCode"] != nil || !codes.isEmpty
        // With a code of success inside it contradicts itself.
        return hasKnownField && codes.allSatisfy { $0 >= 400 }
    }

    /// Whether no code in it speaks of an inner failure, a time-out or too many requests: such a request may have been
    /// carried out, or be carried out yet.
    var isDefinite: Bool {
        failureCodes.allSatisfy { !(500..<600).contains($0) && $0 != 408 && $0 != 429 }
    }

    /// Whether it asks to come back later, as replies to too many requests do.
    var asksToWait: Bool {
        let text = texts.joined(separator: " ").lowercased()
        return ["later", "try again", "retry", "throttl", "too many requests", "rate limit", "slow down"]
            .contains { text.contains($0) }
    }

    /// The envelope's texts about what went wrong, the most general first: its own sentence, then `field: text` for each error.
    var texts: [String] {
        let sentences = ["message", "error", "detail", "description"].lazy.flatMap { ErrorTexts.all(in: members[$0]) }
        var said = sentences.first { $0.lowercased() != "success" }.map { [$0] } ?? []
        for text in ErrorTexts.all(in: members["errors"]) where !said.contains(text) { said.append(text) }
        return said
    }

    /// The same as one text, fit to be shown inside a sentence; empty if it gives no reason.
    func words(_ redactor: Redactor, limit: Int = Redactor.excerptCharacters) -> String {
        redactor.phrase(texts.joined(separator: "; "), limit: limit)
    }

    private var codes: [Int] {
        ["code", "status_code", "responseCode"].compactMap { members[$0]?.lenientInt }
    }

    /// The code by which it refuses, which may differ from the reply's status.
    var refusalCode: Int? { failureCodes.first }

    private var failureCodes: [Int] { codes.filter { $0 >= 400 } }

    /// Whether the API means something by this value: all but the empty ones.
    private static func saysSomething(_ value: JSONValue?) -> Bool {
        switch value {
        case nil, .null, .bool(false), .int(0), .string(""): false
        case .array(let values): !values.isEmpty
        case .object(let members): !members.isEmpty
        default: true
        }
    }

    /// Whether errors are there: somewhere inside something is said. `{"ssh_key_ids": null}` says nothing definite.
    private static func isTruthy(_ value: JSONValue?) -> Bool {
        switch value {
        case .array(let values): values.contains(where: isTruthy)
        case .object(let members): members.values.contains(where: isTruthy)
        default: saysSomething(value)
        }
    }
}
