/// What exactly will be done, as canonical bytes. People agree to these bytes: what they are shown is rendered from them,
/// and so is the request that is sent. They are stored as they are and never encoded anew.
package struct Plan: Hashable, Sendable {
    /// Canonical JSON; see ``init(change:requester:call:before:after:effect:cautions:expiresAt:)`` for the fields.
    package let text: String
    /// Lower-case hexadecimal SHA-256 of the text: what approvals are bound to.
    package let digest: String
    /// The call without credentials.
    package let call: ClusterCall
    /// The compared fields when the plan was made, and as they should be afterwards. Empty if nothing was read.
    package let before: [String: JSONValue]
    package let after: [String: JSONValue]
    /// `add 4 nodes: 8 → 12`.
    package let effect: String
    /// Sentences that whoever agrees should know.
    package let cautions: [String]

    /// Writes a plan down.
    package init(
        change: Int,
        requester: Actor,
        call: ClusterCall,
        before: [String: JSONValue],
        after: [String: JSONValue],
        effect: String,
        cautions: [String],
        expiresAt: Timestamp?
    ) {
        let document = JSONValue.object([
            "v": .int(Self.version),
            "change": .int(change),
            "requester": .object([
                "person": .optional(requester.person), "account": .optional(requester.account?.description),
            ]),
            "method": .string(call.method),
            "path": .string(call.path),
            "query": .string(call.query),
            "body": .string(call.body),
            "before": .object(before),
            "after": .object(after),
            "effect": .string(effect),
            "cautions": .array(cautions.map(JSONValue.string)),
            "expires_at": .optional(expiresAt?.description),
        ])
        text = document.canonical
        digest = sha256Hex(text)
        self.call = call
        self.before = before
        self.after = after
        self.effect = effect
        self.cautions = cautions
    }

    /// Reads a stored plan; nil if the text is not exactly what ``init(change:requester:call:before:after:effect:cautions:expiresAt:)``
    /// writes, or wrote in an earlier version: what was agreed to then is sent as it is. Nil, too, for a store that was
    /// tampered with, and for a plan of a newer version.
    package init?(stored text: String) {
        guard let document = try? JSONValue(parsing: text), document.canonical == text,
            let version = document["v"]?.int, let fields = Self.fields[version],
            document.object.map({ Set($0.keys) }) == fields,
            document["change"]?.int != nil, document["requester"]?.object != nil,
            let expiry = document["expires_at"], expiry.isNull || expiry.string != nil,
            let method = document["method"]?.string, let path = document["path"]?.string,
            let query = document["query"]?.string, let body = document["body"]?.string,
            let before = document["before"]?.object, let after = document["after"]?.object,
            let effect = document["effect"]?.string, let listed = document["cautions"]?.array
        else { return nil }
        let cautions = listed.compactMap(\.string)
        guard cautions.count == listed.count else { return nil }
        self.text = text
        digest = sha256Hex(text)
        call = ClusterCall(method: method, path: path, query: query, body: body)
        self.before = before
        self.after = after
        self.effect = effect
        self.cautions = cautions
    }

    /// What is written. A version that was written once stays in ``fields``.
    private static let version = 1

    /// The fields of each version.
    private static let fields: [Int: Set<String>] = [
        1: [
            "v", "change", "requester", "method", "path", "query", "body", "before", "after", "effect", "cautions",
            "expires_at",
        ]
    ]
}
