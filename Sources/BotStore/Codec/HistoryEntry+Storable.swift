import BotCore

extension HistoryEntry {
    /// The entry as it can be stored. Floating-point numbers, and integers that other JSON readers would round, become
    /// texts; a NUL becomes U+FFFD. An outcome must not stay unrecorded because of such a value.
    var storable: HistoryEntry {
        if isStorable { return self }
        return HistoryEntry(
            at: at,
            kind: kind,
            change: change,
            cluster: cluster,
            action: action,
            parameters: parameters?.mapValues(\.storable),
            actor: actor,
            rule: rule,
            policy: policy,
            detail: detail.mapValues(\.storable),
            texts: texts.mapValues(\.storable)
        )
    }

    /// Whether the entry can be stored as it is, as nearly every one can.
    private var isStorable: Bool {
        (parameters ?? [:]).values.allSatisfy(\.isStorable) && detail.values.allSatisfy(\.isStorable)
            && !texts.values.contains { $0.utf8.contains(0) }
    }
}

extension JSONValue {
    /// The largest integer that every JSON reader keeps.
    private static let largestExact = 1 << 53

    fileprivate var isStorable: Bool {
        switch self {
        case .null, .bool, .string: true
        case .int(let value): value.magnitude < Self.largestExact
        case .double: false
        case .array(let values): values.allSatisfy(\.isStorable)
        case .object(let members): members.values.allSatisfy(\.isStorable)
        }
    }

    fileprivate var storable: JSONValue {
        switch self {
        case .null, .bool, .string: self
        case .int(let value): value.magnitude < Self.largestExact ? self : .string(String(value))
        case .double(let value): Int(exactly: value).map { JSONValue.int($0).storable } ?? .string("\(value)")
        case .array(let values): .array(values.map(\.storable))
        case .object(let members): .object(members.mapValues(\.storable))
        }
    }
}
