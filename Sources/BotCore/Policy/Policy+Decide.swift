extension Policy {
    /// A question to the policy: whether somebody may do something.
    package struct Request: Sendable {
        package let actor: Actor
        package let channel: Channel?
        package let right: String
        package let cluster: Cluster?
        /// The fields of the body that are known by now. A limit on a field that is not known yet is passed over.
        package let parameters: [String: JSONValue]

        package init(
            actor: Actor,
            channel: Channel?,
            right: String,
            cluster: Cluster? = nil,
            parameters: [String: JSONValue] = [:]
        ) {
            self.actor = actor
            self.channel = channel
            self.right = right
            self.cluster = cluster
            self.parameters = parameters
        }
    }

    /// Decides on a request. It is refused if no rule matches; a rule that forbids beats all that allow.
    package func decide(_ request: Request) -> Decision {
        switch judge(request) {
        case .allowed(let permits): .allowed(permits)
        case .forbidden(let refusal): .refused(refusal)
        case .notAllowed(let miss): .refused(notAllowed(request, miss))
        }
    }

    /// Returns whether a request would be allowed.
    func mayBeAllowed(_ request: Request) -> Bool { if case .allowed = judge(request) { true } else { false } }

    /// What comes of the rules alone, before it is put into words.
    private enum Judgement {
        case allowed([Permit])
        case forbidden(Refusal)
        case notAllowed(Misfit?)
    }

    private func judge(_ request: Request) -> Judgement {
        guard request.actor.person != nil else {
            return .forbidden(unlisted(request.actor))
        }
        var permits: [Permit] = []
        var nearMiss: Misfit?
        let floors = floors(under: request)
        for rule in rules(on: request.cluster)
        where rule.effect != .require && rule.rights.contains(request.right) && applies(rule, to: request) {
            if rule.effect == .forbid {
                return .forbidden(forbidden(by: rule))
            }
            if let channels = rule.channels, !channels.contains(where: { $0 == request.channel }) {
                let places = Set(channels.map { "`\(name(of: $0))`" }).sorted().joined(separator: " or ")
                nearMiss = .nearer(
                    nearMiss,
                    Misfit(
                        kind: .channel,
                        rule: rule.name,
                        reason: "The rule “\(rule.name)” allows it, but not in this channel.",
                        nearest: places.isEmpty ? nil : "Ask in \(places)."
                    )
                )
                continue
            }
            if let excess = misfit(rule, request) {
                nearMiss = .nearer(nearMiss, excess)
                continue
            }
            // `needs` is about changes: whoever has another right uses it at once.
            let isChange = ActionCatalogue.action(named: request.right) != nil
            guard let needs = isChange ? rule.needs ?? usualNeeds(request.right)?.filled(on: request.cluster) : .nothing
            else {
                nearMiss = .nearer(
                    nearMiss,
                    Misfit(
                        kind: .needs,
                        rule: rule.name,
                        reason:
                            "The rule “\(rule.name)” does not say who must approve, and there is no `approval_default`.",
                        fix: "Add `needs` to the rule, or an `approval_default`."
                    )
                )
                continue
            }
            permits.append(
                Permit(
                    rule: rule.name,
                    needs: floors.reduce(needs) { $0.raised(by: $1.needs) },
                    floors: floors.map(\.rule)
                )
            )
        }
        return permits.isEmpty ? .notAllowed(nearMiss) : .allowed(permits)
    }

    /// Returns what the requiring rules add to whatever allows a request, whatever their order in the file.
    private func floors(under request: Request) -> [(rule: String, needs: ApprovalNeeds)] {
        rules(on: request.cluster).sorted { $0.name < $1.name }.compactMap { rule in
            guard rule.effect == .require, rule.rights.contains(request.right), applies(rule, to: request),
                case .approvals(let needs)? = rule.needs
            else { return nil }
            return (rule.name, needs)
        }
    }

    /// Returns why somebody may not read status, history and the like; nil if they may. Everyone who is listed may,
    /// unless a rule forbids it.
    package func mayRead(_ actor: Actor, channel: Channel?, cluster: Cluster?) -> Refusal? {
        guard actor.person != nil else { return unlisted(actor) }
        let request = Request(actor: actor, channel: channel, right: Right.read, cluster: cluster)
        for rule in rules(on: cluster)
        where rule.effect == .forbid && rule.rights.contains(Right.read) && applies(rule, to: request) {
            return forbidden(by: rule)
        }
        return nil
    }

    /// Returns what an action needs where its rule says nothing. Nil, where there is no default, means that the rule
    /// does not allow it.
    package func usualNeeds(_ right: String) -> Needs? {
        if destructive.contains(right) { return approvalDefault.map(Needs.approvals) }
        // An action that the configuration took off the destructive list needs nobody.
        return ActionCatalogue.action(named: right)?.usualNeeds == .confirmation ? .confirmation : .nothing
    }

    /// Returns the people who could approve a change of this requester under any of these permits.
    package func possibleApprovers(_ permits: [Permit], requester: Actor) -> Set<String> {
        askedFor(permits, requester: requester).filter(canApprove)
    }

    /// Returns the people whom these permits ask for their agreement. Some may have no account by which it counts, but
    /// each may deny.
    package func askedFor(_ permits: [Permit], requester: Actor) -> Set<String> {
        var found: Set<String> = []
        for case .approvals(let needs) in permits.map(\.needs) {
            for entry in needs.entries { found.formUnion(entry.members(members(of:))) }
        }
        return found.filter { $0 != requester.person }
    }

    private func unlisted(_ actor: Actor) -> Refusal {
        let account = actor.account.map { "\($0)" } ?? "?"
        return Refusal(
            reason: "Your account `\(account)` is not listed under `people` in clusterbot's configuration.",
            fix: "List `\(account)` under `people`.",
            contact: contact
        )
    }

    private func forbidden(by rule: Rule) -> Refusal {
        Refusal(reason: "The rule “\(rule.name)” forbids it.", rule: rule.name, contact: contact)
    }

    /// Returns whether a rule is about this person and this cluster; a forbidding rule also about this channel and
    /// these amounts.
    private func applies(_ rule: Rule, to request: Request) -> Bool {
        if let selector = rule.clusters {
            guard let cluster = request.cluster, selector.matches(cluster) else { return false }
        }
        if rule.effect == .forbid, let channels = rule.channels, !channels.contains(where: { $0 == request.channel }) {
            return false
        }
        if rule.effect == .forbid, !rule.limits.isEmpty || !rule.values.isEmpty, misfit(rule, request) != nil {
            return false
        }
        return rule.who.contains { subject in
            switch subject {
            case .everyone: true
            case .group(let name): request.actor.person.map { members(of: name).contains($0) } ?? false
            case .person(let name): request.actor.person == name
            }
        }
    }

    /// Returns why the known fields do not fit a rule's limits and values; nil if they fit.
    private func misfit(_ rule: Rule, _ request: Request) -> Misfit? {
        var reason: String?
        var instead: [String: JSONValue]? = [:]
        for (field, most) in rule.limits.sorted(by: { $0.key < $1.key }) {
            guard let value = request.parameters[field] else { continue }
            guard let amount = value.int else {
                // A value that is no amount cannot be compared. A rule that allows does not allow it, and a rule that
                // forbids forbids it.
                if rule.effect == .forbid { continue }
                reason = reason ?? "`\(field)` is no amount, so the limit of the rule “\(rule.name)” cannot be kept."
                instead = nil
                continue
            }
            guard amount > most else { continue }
            let what =
                field == "additional_nodes"
                ? "At most \(most) nodes at once here" : "`\(field)` may be at most \(most) here"
            reason = reason ?? "\(what), by the rule “\(rule.name)”; \(amount) is more."
            instead?[field] = .int(most)
        }
        for (field, allowed) in rule.values.sorted(by: { $0.key < $1.key }) {
            guard let value = request.parameters[field] else { continue }
            let given = value.array ?? [value]
            guard let wrong = given.first(where: { !allowed.contains($0) }) else { continue }
            let choices = allowed.sorted { $0.listed < $1.listed }
            reason =
                reason
                ?? "`\(field)` may only be \(choices.map(\.listed).joined(separator: ", ")) by the rule “\(rule.name)”; "
                + "\(wrong.listed) is not."
            let fitting = given.filter(allowed.contains)
            let nearest =
                value.array == nil ? choices.first : .array(fitting.isEmpty ? Array(choices.prefix(1)) : fitting)
            instead?[field] = nearest
        }
        return reason.map { Misfit(kind: .amount, rule: rule.name, reason: $0, instead: instead) }
    }
}
