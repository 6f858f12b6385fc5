/// The exact description of what will be done, as canonical bytes. People approve these bytes: what they are shown is
/// rendered from them, and so is the request that is sent. The bytes are stored as they are and never encoded anew.
package struct Plan: Hashable, Sendable {
    /// The plan as canonical JSON; see ``init(change:requester:call:before:after:effect:cautions:expiresAt:)`` for the
    /// fields.
    package let text: String
    /// The lower-case hexadecimal SHA-256 of the text. Approvals are bound to it.
    package let digest: String
    /// The call without credentials.
    package let call: ClusterCall
    /// The compared fields when the plan was made and, in ``after``, as they should be afterwards. Empty if nothing was
    /// read.
    package let before: [String: JSONValue]
    package let after: [String: JSONValue]
    /// The effect in words: `+4 nodes on prod-train, 8 → 12`.
    package let effect: String
    /// The version of the text. Before the second, the effect does not name the cluster.
    private let version: Int
    /// The sentences that people should know before they approve.
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
        version = Self.version
        self.call = call
        self.before = before
        self.after = after
        self.effect = effect
        self.cautions = cautions
    }

    /// Reads a stored plan; nil if the text is not exactly as
    /// ``init(change:requester:call:before:after:effect:cautions:expiresAt:)`` writes it, or wrote it in an earlier
    /// version. A plan that was approved under an earlier version is sent as it is. Nil shows that the store was
    /// tampered with or holds a plan of a newer version.
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
        self.version = version
        digest = sha256Hex(text)
        call = ClusterCall(method: method, path: path, query: query, body: body)
        self.before = before
        self.after = after
        self.effect = effect
        self.cautions = cautions
    }

    /// The version that is written. A version that was written once stays in ``fields``.
    private static let version = 2

    private static let allFields: Set<String> = [
        "v", "change", "requester", "method", "path", "query", "body", "before", "after", "effect", "cautions",
        "expires_at",
    ]

    /// The fields of each version.
    private static let fields: [Int: Set<String>] = [1: allFields, 2: allFields]
}

extension Plan {
    /// How the caution begins that says that a number was not looked up.
    package static let notChecked = "Not checked"

    /// The effect with the cluster that it is about.
    package func title(on cluster: Cluster) -> String { version == 1 ? "\(cluster.title): \(effect)" : effect }
}
