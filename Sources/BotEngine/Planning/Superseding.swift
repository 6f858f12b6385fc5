import BotCore

/// Ends a change whose plan no longer fits the cluster and opens a new one for the same request, which asks again.
struct Superseding {
    let recorder: ChangeRecorder
    let rules: Rulebook

    func supersede(_ change: inout Change, because difference: String) throws {
        let asked = AskedChange(
            cluster: change.cluster,
            action: change.action,
            arguments: change.arguments,
            reason: change.reason
        )
        let next = try ChangeOpening(recorder: recorder, rules: rules).open(
            asked,
            by: change.requester,
            in: change.channel,
            typedAt: recorder.now,
            replyHandle: change.replyHandle,
            request: change.request,
            replaces: change.id,
            addedReasons: change.addedReasons,
            difference: difference
        )
        let sequel = next.state == .refused ? "#\(next.id) was to ask again and is refused." : "#\(next.id) asks again."
        change.outcome = "The cluster changed since this was planned (\(difference)). \(sequel)"
        try recorder.apply(
            .superseded,
            to: &change,
            .init(by: .bot, detail: ["difference": .string(difference), "replaced_by": .int(next.id)])
        )
    }
}
