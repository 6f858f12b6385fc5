/// One of the API's Cluster Actions: everything the bot knows about it, in one value.
///
/// Each action is one file beside this one; ``ActionCatalogue`` lists them. A tenth action is a tenth file and a line there.
package struct ActionSpec: Sendable {
    /// The API's name: `scale_cluster`. Also the name of the right to ask for it.
    package let name: String
    /// The word or words it is called by in chat: `["restart", "workers"]`.
    package let words: [String]
    /// What it does, as the help says it.
    package let summary: String
    /// How it is typed after the cluster, one line a form: `scale 4`.
    package let forms: [String]
    /// The fields of the body, in the order in which the API documents them.
    package let fields: [Field]
    /// Whether a plan needs the cluster read first. Without: what it does can be said without knowing the present state.
    package let needsReading: Bool
    /// The compared fields that, read afterwards, prove the effect. Empty: no read can prove it.
    package let proof: [String]
    /// Reads the words after the chat words into arguments. Arguments are the body's fields, or what they are worked out from.
    package let parse: @Sendable (inout Words) throws(WrongInput) -> [String: JSONValue]
    /// Works the body's fields out of the arguments and, where they need it, what was read.
    package let resolve: @Sendable ([String: JSONValue], ClusterReading?) throws(PlanProblem) -> [String: JSONValue]
    /// The compared fields as a read showed them, for these body fields. A field that the read did not show is left out.
    package let compared: @Sendable ([String: JSONValue], ClusterReading) -> [String: JSONValue]
    /// The compared fields of this cluster as they should be afterwards, from the body's fields and the fields before.
    package let expected:
        @Sendable (_ cluster: Int, _ parameters: [String: JSONValue], _ before: [String: JSONValue]) -> [String:
            JSONValue]
    /// What will happen, in a few words, from body fields and compared fields alone: `add 4 nodes: 8 → 12`.
    package let effect:
        @Sendable (_ parameters: [String: JSONValue], _ before: [String: JSONValue], _ after: [String: JSONValue]) ->
            String
    /// Sentences that somebody who agrees should know: what it costs or breaks.
    package let cautions: @Sendable ([String: JSONValue], ClusterReading?) -> [String]

    /// What a cluster's status says about a plan that people agreed to.
    package enum StatusCounts: Hashable, Sendable {
        /// By what it means (``StatusKinds``): a cluster that went down is another one, and one that is on its way is waited
        /// for.
        case byKind
        /// Only that it is there: a restart is for whatever state it is in.
        case onlyDeleted
    }

    /// How its plans count the status.
    package var statusCounts = StatusCounts.byKind
    /// What it needs where the policy's rule does not say.
    package var usualNeeds = UsualNeeds.nothing
    /// Whether its plan and its proof need the project's reserved IPs beside the cluster.
    package var readsReservedIPs = false
    /// What `data` holds when the API has accepted it.
    package var reply = ReplyKind.cluster

    /// What an action needs where the policy's rule does not say.
    package enum UsualNeeds: Hashable, Sendable {
        case nothing
        /// Whoever asked confirms the plan: it costs money.
        case confirmation
        /// A second person agrees: it is on the list of destructive actions, unless the configuration has another list.
        case secondPerson
    }

    /// What `data` of the API's reply holds.
    package enum ReplyKind: Hashable, Sendable {
        /// The cluster as it is then.
        case cluster
        case reservedIP
        case emptyObject
        /// A sentence.
        case text
    }

    /// The compared field that holds the cluster's status.
    package static let status = "status"

    /// Whether the body can only be worked out from what a read shows (`scale to 12`, `ssh-keys add 13`).
    package func isRelative(_ arguments: [String: JSONValue]) -> Bool {
        arguments.keys.contains { key in !fields.contains { $0.name == key } }
    }

    /// What was asked for, in the words of the plan but before anything was read: `add 4 nodes`, `scale to 12`.
    package func asked(_ arguments: [String: JSONValue]) -> String {
        guard isRelative(arguments) else { return effect(arguments, [:], expected(0, arguments, [:])) }
        return (words + arguments.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.listed)" }).joined(
            separator: " "
        )
    }
}

extension ActionSpec {
    /// For actions whose arguments are the body's fields as they stand.
    static let argumentsAsGiven:
        @Sendable ([String: JSONValue], ClusterReading?) throws(PlanProblem) -> [String: JSONValue] = {
            arguments,
            _ in arguments
        }

    /// The compared fields of actions that are judged by the cluster's size and status.
    static let sizeAndStatus: @Sendable ([String: JSONValue], ClusterReading) -> [String: JSONValue] = { _, seen in
        known(["no_of_nodes": seen.nodes.map(JSONValue.int), status: seen.status.map(JSONValue.string)])
    }

    /// Only the fields that the read showed. A field that is missing is not compared; `null` is a value.
    static func known(_ fields: [String: JSONValue?]) -> [String: JSONValue] { fields.compactMapValues(\.self) }

    /// For actions after which the compared fields should be as before.
    static let unchanged: @Sendable (Int, [String: JSONValue], [String: JSONValue]) -> [String: JSONValue] = {
        _,
        _,
        before in
        before
    }

    /// For actions without anything to warn of.
    static let noCautions: @Sendable ([String: JSONValue], ClusterReading?) -> [String] = { _, _ in [] }
}

extension JSONValue {
    /// Numbers and lists of numbers as people write them: `11, 12`.
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
