import BotCore

/// What a terminal knows of the command that it waits for.
struct SaySession {
    /// By which the service tells it what follows.
    let handle: String
    var change: Int?
    var state: ChangeState?
    /// The version that was shown last.
    var version: String?
    /// The text that was shown last.
    var last: String
    /// The plan for whose confirmation somebody was asked.
    var asked: String?

    init(handle: String, first: String) {
        self.handle = handle
        last = first
    }

    /// Goes on with another change.
    mutating func begin(_ change: Int) {
        self.change = change
        version = nil
    }
}
