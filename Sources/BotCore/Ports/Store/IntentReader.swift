/// What can be asked about what was sent.
package protocol IntentReader {
    func intent(of change: Int) throws -> Intent?
    /// Whether anything may have been sent to a cluster at or after a moment, apart from what the API refused.
    func wasSent(to cluster: Int, since: Timestamp) throws -> Bool
    /// Whether anything may have been sent to a change's cluster after it, apart from what the API refused: by the order in
    /// which they became ready, which no clock that is set can change.
    func wasSent(after change: Change) throws -> Bool
}
