/// Reads changes and the decisions on them. All lists ascend unless they say otherwise.
package protocol ChangeReader {
    func change(_ id: Int) throws -> Change?
    /// Returns all changes in these states, by number.
    func changes(in states: Set<ChangeState>) throws -> [Change]
    /// Returns the changes of a cluster in these states, by number.
    func changes(cluster: Int, in states: Set<ChangeState>) throws -> [Change]
    /// Returns the changes of a cluster with the same action and arguments that wait for their plan or for people, or
    /// were created at or after a moment; by number. Its cost must not grow with the number of other changes.
    func changes(
        cluster: Int,
        action: String,
        arguments: [String: JSONValue],
        waitingOrSince since: Timestamp
    ) throws -> [Change]
    /// Returns the changes of a cluster that were denied at or after a moment, in the order of the denials.
    func changesDenied(cluster: Int, since: Timestamp) throws -> [Change]
    /// Returns the changes that two reads showed as not carried out, by number.
    func changesFailedByReading() throws -> [Change]
    /// Returns the newest changes, by number ascending; nil: all.
    func newestChanges(_ count: Int?) throws -> [Change]
    /// Returns the newest changes that fit, the newest first. Its cost must not grow with the number of others.
    func newestChanges(_ count: Int, matching filter: ChangeFilter) throws -> [Change]
    /// Returns the decisions on a change, in the order in which they came in.
    func approvals(of change: Int) throws -> [Approval]
}
