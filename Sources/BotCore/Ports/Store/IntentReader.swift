/// Reads the records of what was sent.
package protocol IntentReader {
    func intent(of change: Int) throws -> Intent?
    /// Returns whether anything may have been sent to a cluster at or after a moment, apart from calls that failed.
    func wasSent(to cluster: Int, since: Timestamp) throws -> Bool
    /// Returns whether anything may have been sent to a change's cluster after it, apart from calls that failed. It
    /// goes by the order in which changes became ready, which does not depend on a clock.
    func wasSent(after change: Change) throws -> Bool
}
