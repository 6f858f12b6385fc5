import BotCore

/// `freeze "why" [--for 4h] everything`, or a cluster, or `env=prod`: nothing is sent there until the freeze ends.
package struct FreezeClusters: Command, ClosingCommand {
    package static let form = CommandForm(
        "freeze",
        summary: "send nothing to clusters for some time, 4 h unless you say otherwise",
        topic: .close,
        examples: [#"freeze "why" --for 4h {cluster}"#, #"freeze "why" everything"#]
    )
    static let isLimited = true

    package let scope: FreezeScope
    package let reason: String
    package let span: Duration

    package init(scope: FreezeScope, reason: String, span: Duration = Freeze.usualSpan) {
        self.scope = scope
        self.reason = reason
        self.span = span
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        let right = #"freeze "release weekend" --for 4h everything"#
        let said = try grammar.closing(
            &words,
            behind: "freeze",
            right: right,
            deciding: "freezing",
            takesSpan: true,
            takesScope: true
        )
        let span = said.span.map { " --for \($0.written)" } ?? ""
        guard let reason = said.reason else {
            let line = said.scope.map { #"freeze "release weekend"\#(span) \#($0.words)"# }
            throw WrongInput(
                "Say why, for everybody who finds it frozen.",
                example: line.flatMap(grammar.understood) ?? right,
                isSure: true
            )
        }
        guard let scope = said.scope else {
            throw WrongInput(
                "Say what is frozen, in front of the reason or behind it in quotes: `everything`, a cluster, or a label "
                    + "with its value.",
                example: line(reason, span, grammar) ?? right,
                isSure: true
            )
        }
        return Self(scope: scope, reason: reason, span: said.span ?? Freeze.usualSpan)
    }

    /// Returns the line with the reason in quotes: what stands at its end is what is frozen if it can be, else everything is.
    private static func line(_ reason: String, _ span: String, _ grammar: Grammar) -> String? {
        let end = reason.split(separator: " ").last ?? ""
        let why = reason.dropLast(end.count).trimmed
        let withScope = why.isEmpty ? nil : grammar.understood("freeze \(Words.quoted(String(why)))\(span) \(end)")
        return withScope ?? grammar.understood("freeze \(Words.quoted(reason))\(span) everything")
    }

    func carryOut(by actor: Actor, in channel: Channel, at desk: ClosingDesk) throws -> DecisionResult {
        guard desk.rules.policy.isKnown(actor) else { return .notDone(desk.unlisted(actor, channel)) }
        if case .cluster(let cluster) = scope, let problem = desk.unknown(cluster, to: actor, in: channel) {
            return .notDone(problem)
        }
        let freeze = Freeze(
            name: Freeze.name(try desk.writer.nextFreezeNumber()),
            clusters: scope.selector,
            from: desk.now,
            until: desk.now + span,
            source: .chat(actor, reason: reason, channel)
        )
        switch desk.decide(Right.freeze, by: actor, on: desk.rules.covered(by: freeze), in: channel) {
        case .refused(let reason): return .notDone("\(reason) Nothing was frozen.")
        case .allowed(let rule): try desk.begin(freeze, by: actor, in: channel, reason: reason, rule: rule)
        }
        return .done(
            "\(freeze.scopeText(desk.rules)) is frozen until `\(freeze.until)`, for you too. It ends earlier with "
                + "`\(desk.rules.commandWords[channel]) unfreeze \(freeze.name)`."
        )
    }
}
