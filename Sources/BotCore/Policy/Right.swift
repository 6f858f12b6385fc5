/// The rights besides the actions.
package enum Right {
    /// The right to give a verdict on an unknown outcome.
    package static let resolve = "resolve"
    /// The right to let changes be sent again after the store was restored from a backup.
    package static let release = "release"
    /// The right to take a cluster's lock, and to end others' locks.
    package static let lock = "lock"
    /// The right to freeze clusters, and to end freezes of them.
    package static let freeze = "freeze"
    /// The right to read status, history and pending changes. Everyone who is listed has it unless a rule forbids it.
    package static let read = "read"
}
