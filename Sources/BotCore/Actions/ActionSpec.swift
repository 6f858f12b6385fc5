/// One of the API's Cluster Actions, with everything that the bot knows about it.
///
/// Each action is one file beside this one; ``ActionCatalogue`` lists them. A tenth action is a tenth file and a line there.
package struct ActionSpec: Sendable {
    /// The API's name: `scale_cluster`. It is the name of the right to ask for it, too.
    package let name: String
    /// The word or words for it in chat: `["restart", "workers"]`.
    package let words: [String]
    /// The words of the help for what it does.
    package let summary: String
    /// The forms in which it is typed after the cluster: `scale 4`.
    package let forms: [String]
    /// The fields of the body, in the order in which the API documents them.
    package let fields: [Field]
    /// Whether it cannot be planned without a reading of the cluster.
    package let needsReading: Bool
    /// The compared fields that prove the effect when they are read afterwards. Empty: no read can prove it.
    package let proof: [String]
    /// Reads the words after the chat words into arguments. Arguments are the body's fields, or values from which they
    /// are worked out.
    package let parse: @Sendable (inout Words) throws(WrongInput) -> [String: JSONValue]
    /// Works the body's fields out of the arguments and, where needed, the reading.
    package let resolve: @Sendable ([String: JSONValue], ClusterReading?) throws(PlanProblem) -> [String: JSONValue]
    /// Returns the compared fields as a read showed them, for these body fields. A field that the read did not show is
    /// left out.
    package let compared: @Sendable ([String: JSONValue], ClusterReading) -> [String: JSONValue]
    /// Returns the compared fields as they should be afterwards, from the body's fields and the fields before.
    package let expected:
        @Sendable (_ cluster: Int, _ parameters: [String: JSONValue], _ before: [String: JSONValue]) -> [String:
            JSONValue]
    /// Says what will happen in a few words: `+4 nodes on prod-train, 8 → 12`.
    package let effect: @Sendable (Effect) -> String
    /// Says that it was done, where ``effect`` reads as an order: `prod-train restarted`. Nil: the effect says it.
    var done: (@Sendable (_ cluster: String, _ nodes: Int?) -> String)?
    /// Returns sentences that people should know before they approve: what it costs or breaks.
    package let cautions: @Sendable ([String: JSONValue], ClusterReading?) -> [String]
    /// The lists in which its numbers stand, besides the reserved IPs.
    package var lists: Set<ListKind> = []

    /// The ways in which a changed status counts against a plan.
    package enum StatusCounts: Hashable, Sendable {
        /// The kind of the status counts (``StatusKinds``): a plan no longer fits a cluster that went down, and waits
        /// for one that is on its way.
        case byKind
        /// Only a deleted cluster counts: a restart fits every other status.
        case onlyDeleted
    }

    /// The way in which its plans count the status.
    package var statusCounts = StatusCounts.byKind
    /// Whether the cluster is on its way for a while afterwards, so that it is followed until it runs again.
    package var isFollowed = false
    /// The words on a button that chooses it among the actions with the same first word and no fields; nil: its summary.
    package var choice: String?
    /// The words on the button with which the requester confirms; nil: what was asked for.
    package var button: @Sendable (_ arguments: [String: JSONValue]) -> String? = { _ in nil }
    /// The needs where the policy's rule does not say.
    package let usualNeeds: UsualNeeds
    /// Whether its plan and its proof need the project's reserved IPs besides the cluster.
    package var readsReservedIPs = false
    /// The content of `data` in the reply when the API has accepted it.
    package var reply = ReplyKind.cluster

    /// The needs of an action where the policy's rule does not say.
    package enum UsualNeeds: Hashable, Sendable {
        case nothing
        /// The requester confirms the plan, because it costs money or opens the cluster.
        case confirmation
        /// A second person approves. The action is on the list of destructive actions, unless the configuration has
        /// another list.
        case secondPerson
    }

    /// The content of `data` in the API's reply.
    package enum ReplyKind: Hashable, Sendable {
        /// The cluster after the action.
        case cluster
        case reservedIP
        case emptyObject
        /// A sentence.
        case text
    }

    /// The compared field that holds the cluster's status.
    package static let status = "status"
    /// The compared field that holds the number of nodes.
    package static let nodes = "no_of_nodes"

    /// Returns whether the body can only be worked out from a reading (`scale to 12`, `ssh-keys add 13`).
    package func isRelative(_ arguments: [String: JSONValue]) -> Bool {
        arguments.keys.contains { key in !fields.contains { $0.name == key } }
    }

    /// Says what was asked for, in the words of the plan but before anything was read: `+4 nodes on prod-train`.
    package func asked(_ arguments: [String: JSONValue], on cluster: Cluster) -> String {
        effect(
            Effect(cluster: cluster.name, arguments: arguments, parameters: isRelative(arguments) ? [:] : arguments)
        )
    }

    /// Says what was done, in a few words: `prod-train restarted, controller and all 8 nodes`; nil: the effect says it.
    package func done(_ plan: Plan, on cluster: Cluster) -> String? {
        done?(cluster.name, plan.before[Self.nodes]?.int)
    }

    /// The same as it is typed behind the cluster: `scale to 12`, `ip attach 203.0.113.9`.
    func typed(_ arguments: [String: JSONValue]) -> String {
        let said = arguments.filter { $0.key != Self.ipType }.sorted { $0.key < $1.key }
        let type = arguments[Self.ipType].map { [$0.listed] } ?? []
        let values = said.flatMap { key, value -> [String] in
            let items = (value.array ?? [value]).map(\.typed).joined(separator: " ")
            return Self.unsaidKeys.contains(key) ? [items] : [key, items]
        }
        return (words + values + type).joined(separator: " ")
    }

    /// The list in which the names stand that may be typed in place of numbers; nil where there are none.
    package var listOfNames: ListKind? { lists.first ?? (readsReservedIPs ? .reservedIPs : nil) }

    /// The argument that holds a name where the body has a number. It is not typed.
    static let byName = "named"
    private static let unsaidKeys: Set<String> = [byName]
    private static let ipType = "ip_type"
}

extension ActionSpec {
    /// The ``resolve`` of actions whose arguments are the body's fields.
    static let argumentsAsGiven:
        @Sendable ([String: JSONValue], ClusterReading?) throws(PlanProblem) -> [String: JSONValue] = {
            arguments,
            _ in arguments
        }

    /// The ``compared`` of actions that are judged by the cluster's size and status.
    static let sizeAndStatus: @Sendable ([String: JSONValue], ClusterReading) -> [String: JSONValue] = { _, seen in
        known([nodes: seen.nodes.map(JSONValue.int), status: seen.status.map(JSONValue.string)])
    }

    /// Returns only the fields that the read showed. A missing field is not compared; `null` is a value.
    static func known(_ fields: [String: JSONValue?]) -> [String: JSONValue] { fields.compactMapValues(\.self) }

    /// The ``expected`` of actions after which the compared fields should be as before.
    static let unchanged: @Sendable (Int, [String: JSONValue], [String: JSONValue]) -> [String: JSONValue] = {
        _,
        _,
        before in
        before
    }

    /// The ``cautions`` of actions without any.
    static let noCautions: @Sendable ([String: JSONValue], ClusterReading?) -> [String] = { _, _ in [] }
}

extension JSONValue {
    /// The value as one word or quotation of a typed line.
    fileprivate var typed: String {
        guard case .string(let text) = self else { return listed }
        // A full stop at the end of a line goes, and some words name nothing without quotation marks.
        let isWord =
            text.first?.isLetter == true && text.last != "." && !Words.namesNothing(text)
            && text.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
        return isWord || text.isAddress ? text : "\"\(text)\""
    }

    /// The value as people write it: `11, 12`.
    package var listed: String {
        switch self {
        case .null: "unknown"
        case .int(let number): String(number)
        case .string(let text): text
        case .array(let values): values.isEmpty ? "none" : values.map(\.listed).joined(separator: ", ")
        default: canonical
        }
    }
}
