/// What somebody typed, understood.
package enum Command: Hashable, Sendable {
    case change(AskedChange)
    case help(topic: String?)
    case list
    case pending
    /// - digest: the first digits of the plan's digest that were typed, in lower case, at least
    ///   ``Grammar/fewestDigits``; nil where none were. The engine refuses it where they do not fit.
    case approve(change: Int, comment: String?, digest: String?)
    case deny(change: Int, reason: String?)
    case cancel(change: Int)
    case confirm(change: Int, digest: String?)
    case resolve(change: Int, succeeded: Bool, reason: String)
    case show(change: Int)
    case status(cluster: Cluster)
    case history(cluster: Cluster?, count: Int)
    case why(AskedChange)
    case whoCanApprove(AskedChange)
    case whoami
    case version
}

extension Command {
    /// The change on which it decides; nil if it decides on none.
    package var decidedChange: Int? {
        switch self {
        case .approve(let id, _, _), .deny(let id, _), .cancel(let id), .confirm(let id, _), .resolve(let id, _, _): id
        default: nil
        }
    }
}
