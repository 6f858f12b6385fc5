import BotCore

/// What a change is taken for, and how that is known.
struct Verdict: Hashable, CustomStringConvertible {
    let state: ChangeState
    let howKnown: HowKnown?

    static let accepted = Verdict(state: .succeeded, howKnown: .answer)
    static let refused = Verdict(state: .failed, howKnown: .answer)
    static let notSent = Verdict(state: .failed, howKnown: .notSent)
    static let unknown = Verdict(state: .unknown, howKnown: nil)
    /// By two agreeing reads.
    static let readAsDone = Verdict(state: .succeeded, howKnown: .readBack)
    static let readAsNotDone = Verdict(state: .failed, howKnown: .readBack)

    var description: String { "\(state.rawValue) (\(howKnown?.rawValue ?? "open"))" }
}

/// What an action really does to the cluster, whatever is replied, and when.
enum Effect: Hashable, CustomStringConvertible {
    case applied
    case notApplied
    /// Just before or just after the cluster is read for the n-th time after the sending.
    case beforeRead(Int)
    case afterRead(Int)
    /// After reads showed it as not carried out, before the first or the second look that is taken all the same, or after
    /// the last one.
    case afterVerdict, afterFirstLook, afterLastLook

    /// Whether reads show it while the outcome is open.
    var isRead: Bool {
        switch self {
        case .applied, .beforeRead, .afterRead: true
        case .notApplied, .afterVerdict, .afterFirstLook, .afterLastLook: false
        }
    }

    /// Whether a look shows it after the change was taken for failed.
    var isSeenLate: Bool { self == .afterVerdict || self == .afterFirstLook }

    var description: String {
        switch self {
        case .applied: "applied"
        case .notApplied: "not applied"
        case .beforeRead(let read): "applied just before read \(read)"
        case .afterRead(let read): "applied just after read \(read)"
        case .afterVerdict: "applied after the verdict"
        case .afterFirstLook: "applied after the first look"
        case .afterLastLook: "applied after the last look"
        }
    }
}
