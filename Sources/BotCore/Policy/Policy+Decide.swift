extension Policy {
    /// A question to the policy: whether somebody may do something.
    package struct Request: Sendable {
        package let actor: Actor
        package let channel: Channel?
        package let right: String
        package let cluster: Cluster?
        /// The fields of the body that are known by now. A limit on a field that is not known yet is passed over.
        package let parameters: [String: JSONValue]
        /// The fields that are worked out from the cluster, which was not read yet: it is decided again when it was.
        package var unread: Set<String>

        package init(
            actor: Actor,
            channel: Channel?,
            right: String,
            cluster: Cluster? = nil,
            parameters: [String: JSONValue] = [:],
            unread: Set<String> = []
        ) {
            self.actor = actor
            self.channel = channel
            self.right = right
            self.cluster = cluster
            self.parameters = parameters
            self.unread = unread
        }
    }

    /// Decides on a request. It is refused if no rule matches; a rule that forbids beats all that allow.
    package func decide(_ request: Request) -> Decision {
        switch judge(request) {
        case .allowed(let permits): .allowed(permits)
        case .forbidden(let refusal): .refused(leadingOn(refusal, request))
        case .notAllowed(let miss, let unsure): .refused(namingPeople(notAllowed(request, miss, unsure), request))
        }
    }

    /// Returns whether a request is allowed, where nobody is told why not.
    package func allows(_ request: Request) -> Bool { !permits(for: request).isEmpty }

    /// Returns the ways in which a request is allowed, where nobody is told why it is not; none if it is refused.
    package func permits(for request: Request) -> [Permit] {
        if case .allowed(let permits) = judge(request) { permits } else { [] }
    }

    /// What comes of the rules alone, before it is put into words.
    private enum Judgement {
        case allowed([Permit])
        case forbidden(Refusal)
        /// - Parameter unsure: the user groups without an answer for which a rule might allow it.
        case notAllowed(Misfit?, unsure: Set<UserGroup>)
    }

    private func judge(_ request: Request) -> Judgement {
        guard isKnown(request.actor) else {
            return .forbidden(unlisted(request.actor))
        }
        var permits: [Permit] = []
        var nearMiss: Misfit?
        var unsure: Set<UserGroup> = []
        let floors = floors(under: request)
        for rule in rules(on: request.cluster)
        where rule.effect != .require && rule.rights.contains(request.right) && reaches(rule, request) {
            guard let isConcerned = speaks(rule, of: request.actor) else {
                let unknown = unknown(in: rule, for: request.actor)
                if rule.effect == .forbid { return .forbidden(perhapsForbidden(by: rule, unknown)) }
                unsure.formUnion(unknown)
                continue
            }
            guard isConcerned else { continue }
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
        return permits.isEmpty ? .notAllowed(nearMiss, unsure: unsure) : .allowed(permits)
    }

    /// Returns what the requiring rules add to whatever allows a request, whatever their order in the file.
    private func floors(under request: Request) -> [(rule: String, needs: ApprovalNeeds)] {
        rules(on: request.cluster).sorted { $0.name < $1.name }.compactMap { rule in
            // Where it is not known whom it is about, it counts: more approvals harm less than too few.
            guard rule.effect == .require, rule.rights.contains(request.right), reaches(rule, request),
                speaks(rule, of: request.actor) != false, case .approvals(let needs)? = rule.needs
            else { return nil }
            return (rule.name, needs)
        }
    }

    /// Returns why somebody may not read status, history and the like; nil if they may. Everyone who is listed, or in a
    /// user group that the configuration names, may, unless a rule forbids it.
    package func mayRead(_ actor: Actor, channel: Channel?, cluster: Cluster?) -> Refusal? {
        guard isKnown(actor) else { return unlisted(actor) }
        let request = Request(actor: actor, channel: channel, right: Right.read, cluster: cluster)
        for rule in rules(on: cluster)
        where rule.effect == .forbid && rule.rights.contains(Right.read) && reaches(rule, request) {
            switch speaks(rule, of: actor) {
            case true?: return forbidden(by: rule)
            case nil: return perhapsForbidden(by: rule, unknown(in: rule, for: actor))
            case false?: continue
            }
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

    /// Returns those who could approve a change of this requester under any of these permits, by name.
    /// - Parameter asked: see ``approvers(in:asked:)``.
    package func possibleApprovers(
        _ permits: [Permit],
        requester: Actor,
        asked: AskedMembers? = nil
    ) -> Set<String> {
        askedFor(permits, requester: requester, asked: asked).filter(canApprove)
    }

    /// Returns those whom these permits ask for their agreement, by name. Some may have no account by which it counts,
    /// but each may deny.
    package func askedFor(_ permits: [Permit], requester: Actor, asked: AskedMembers? = nil) -> Set<String> {
        var found: Set<String> = []
        for group in permits.groupsAsked { found.formUnion(approvers(in: group, asked: asked)) }
        return found.filter { !isSamePerson(actor(named: $0), requester) }
    }

    private func unlisted(_ actor: Actor) -> Refusal {
        let account = actor.account.map { "\($0)" } ?? "?"
        return Refusal(reason: notSetUp(actor), fix: "List `\(account)` under `people`.")
    }

    /// Returns what somebody hears whom nobody has listed: whom to ask, and what for.
    package func notSetUp(_ actor: Actor) -> String {
        let account = actor.account.map { "`\($0)`" } ?? "your account"
        let unknown = hangingOnIdentity(of: actor)
        let notKnown = unknown.isEmpty ? "" : " \(userGroups.unknownSentence(unknown))"
        return "You are not set up yet. Ask \(contact ?? "whoever runs me") to add \(account).\(notKnown)"
    }

    private func forbidden(by rule: Rule) -> Refusal {
        Refusal(reason: "The rule “\(rule.name)” forbids it.", rule: rule.name, contact: contact)
    }

    /// The refusal by a rule that forbids, where it is not known whether it is about this person: it may be.
    private func perhapsForbidden(by rule: Rule, _ unknown: Set<UserGroup>) -> Refusal {
        Refusal(
            reason: "The rule “\(rule.name)” may forbid it. \(userGroups.unknownSentence(unknown))",
            contact: contact
        )
    }

    /// Returns whether a rule is about this cluster, whoever asks; a forbidding rule also about this channel and these
    /// amounts.
    func reaches(_ rule: Rule, _ request: Request) -> Bool {
        if let selector = rule.clusters {
            guard let cluster = request.cluster, selector.matches(cluster) else { return false }
        }
        if rule.effect == .forbid, let channels = rule.channels, !channels.contains(where: { $0 == request.channel }) {
            return false
        }
        if rule.effect == .forbid, !rule.limits.isEmpty || !rule.values.isEmpty {
            // What a rule compares and only the cluster shows (`scale to 12`) is decided on once it was read.
            let hangsOnReading = !request.unread.isDisjoint(with: Set(rule.limits.keys).union(rule.values.keys))
            return misfit(rule, request) == nil && !hangsOnReading
        }
        return true
    }

    /// Returns why the known fields do not fit a rule's limits and values; nil if they fit.
    private func misfit(_ rule: Rule, _ request: Request) -> Misfit? {
        var reason: String?
        var instead: [String: JSONValue]? = [:]
        // The only field of an action is called by the words that are typed for it.
        let spec = ActionCatalogue.action(named: request.right)
        func name(of field: String) -> String {
            spec.map { $0.fields.count == 1 ? $0.words.joined(separator: " ") : field } ?? field
        }
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
                ? "At most \(most) nodes at once here" : "`\(name(of: field))` may be at most \(most) here"
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
                ?? "`\(name(of: field))` may only be \(choices.map(\.listed).joined(separator: ", ")) by the rule “\(rule.name)”; "
                + "\(wrong.listed) is not."
            let fitting = given.filter(allowed.contains)
            let nearest =
                value.array == nil ? choices.first : .array(fitting.isEmpty ? Array(choices.prefix(1)) : fitting)
            instead?[field] = nearest
        }
        return reason.map { Misfit(kind: .amount, rule: rule.name, reason: $0, instead: instead) }
    }
}
