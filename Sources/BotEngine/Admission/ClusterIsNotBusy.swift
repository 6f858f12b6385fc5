import BotCore

extension Condition {
    /// A change that people approved waits while its cluster is on its way to another status, and is compared with it
    /// afterwards.
    static let clusterIsNotBusy = Condition(
        name: "cluster is not busy",
        beforeSending: { check, change in
            guard change.plan != nil, check.spec.statusCounts == .byKind, let status = check.reading?.status,
                check.rules.statuses.kind(of: status) == .busy
            else {
                change.busy = nil
                return nil
            }
            return .busy(status)
        }
    )
}
