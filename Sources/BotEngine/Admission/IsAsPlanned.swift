import BotCore

extension Condition {
    /// The cluster is still as the plan shows it before. Where clusters are not read, the condition holds.
    static let isAsPlanned = Condition(
        name: "is as planned",
        looksAtPlan: true,
        beforeSending: { check, change in
            guard let plan = change.plan, let reading = check.reading else { return nil }
            let now = check.spec.compared(change.parameters, reading)
            return plan.drift(from: now, check.spec.statusCounts, check.rules.statuses).map { .drifted($0) }
        }
    )
}
