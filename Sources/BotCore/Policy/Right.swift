/// The rights besides the actions.
package enum Right {
    /// The right to give a verdict on an unknown outcome.
    package static let resolve = "resolve"
    /// The right to let changes be sent again after the store was restored from a backup.
    package static let release = "release"
    /// The right to read status, history and pending changes. Everyone who is listed has it unless a rule forbids it.
    package static let read = "read"
    /// The right to lock a cluster, so that nobody else changes it for a while, and to end others' locks.
    package static let lock = "lock"
    /// The right to stop all changes of clusters for a while, and to end such a freeze.
    package static let freeze = "freeze"
}
