import BotCore

/// How `say` ends: its exit code. The numbers are guaranteed ("Guarantees" in the handbook).
enum SayEnd: Int32, Error {
    case done = 0
    case notDone = 1
    case unknown = 2
    /// Nothing was stored.
    case noService = 3
    case interrupted = 130

    /// The end of somebody who waits for a change in this state; nil while it goes on.
    init?(_ state: ChangeState) {
        switch state {
        case .succeeded: self = .done
        case .unknown: self = .unknown
        case .failed, .refused, .denied, .cancelled, .expired, .superseded: self = .notDone
        case .preparing, .pending, .ready, .sending: return nil
        }
    }
}
