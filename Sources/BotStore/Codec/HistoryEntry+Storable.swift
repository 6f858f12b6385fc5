import BotCore

extension HistoryEntry {
    /// The entry without what its exports must not hold or a column cannot: floating-point numbers and integers that other
    /// readers would round become texts. An outcome must not stay unrecorded for such a thing.
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

    /// As nearly every one is.
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
