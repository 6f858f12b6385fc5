import BotCore

extension Condition {
    /// The cluster still is as the plan has it. Where clusters are not read, nobody can say.
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
