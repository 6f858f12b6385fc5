/// What can be asked about changes and the decisions on them. All lists ascend unless told otherwise.
package protocol ChangeReader {
    func change(_ id: Int) throws -> Change?
    /// All changes in these states, by number.
    func changes(in states: Set<ChangeState>) throws -> [Change]
    /// The changes of a cluster in these states, by number.
    func changes(cluster: Int, in states: Set<ChangeState>) throws -> [Change]
    /// The changes that ask for the same of a cluster and still wait for their plan or for people, or were created at or
    /// after a moment; by number. However many changes there are, only these are looked at.
    func changes(
        cluster: Int,
        action: String,
        arguments: [String: JSONValue],
        waitingOrSince since: Timestamp
    ) throws -> [Change]
    /// The changes of a cluster that were denied at or after a moment, in the order of the denials.
    func changesDenied(cluster: Int, since: Timestamp) throws -> [Change]
    /// Changes that two reads showed as not carried out, by number.
    func changesFailedByReading() throws -> [Change]
    /// The newest changes, by number ascending; nil: all.
    func newestChanges(_ count: Int?) throws -> [Change]
    /// Decisions on a change, in the order in which they came in.
    func approvals(of change: Int) throws -> [Approval]
}
