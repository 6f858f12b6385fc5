import TestSupport

/// What the driver of the store said; see `StoreDriver`.
enum DriverLine {
    case durable(Int, NumberedCommit.Stage)
    case refused(Int, NumberedCommit.Stage, code: String)
    case stopped(code: String)
    case unopened(code: String)
    case other

    init(_ line: String) {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        let stages: [String: NumberedCommit.Stage] = ["opened": .opened, "settled": .settled]
        switch words.first {
        case "refused"?:
            guard words.count == 4, let stage = stages[words[1]], let number = Int(words[2]) else { fallthrough }
            self = .refused(number, stage, code: words[3])
        case "stopped"? where words.count == 2: self = .stopped(code: words[1])
        case "unopened"? where words.count == 2: self = .unopened(code: words[1])
        case let first?:
            guard let stage = stages[first], words.count == 2, let number = Int(words[1]) else { fallthrough }
            self = .durable(number, stage)
        default: self = .other
        }
    }

    /// The stage that a change must have reached, because it was said.
    var promise: [Int: NumberedCommit.Stage] {
        if case .durable(let number, let stage) = self { [number: stage] } else { [:] }
    }

    /// The stage that a change must not have reached, because the store said that nothing was stored.
    var denial: [Int: NumberedCommit.Stage] {
        if case .refused(let number, let stage, code: "cannotWrite") = self { [number: stage] } else { [:] }
    }
}
