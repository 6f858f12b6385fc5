/// Rights besides the nine actions.
package enum Right {
    /// To give a person's verdict on an unknown outcome.
    package static let resolve = "resolve"
    /// To let changes be sent again after the store was restored from a backup.
    package static let release = "release"
    /// To read status, history and pending changes. Everyone who is listed has it unless forbidden.
    package static let read = "read"
}
