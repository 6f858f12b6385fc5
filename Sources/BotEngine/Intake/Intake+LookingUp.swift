import BotCore

/// Decisions and questions that hang on who is in a user group. A change that is asked for is none of these: it gets its
/// number at once and is decided while it is prepared.
extension Intake {
    /// The part of the time before the deadline that is kept for what comes after the look-up.
    private static let keptForAnswer = Duration.milliseconds(1000)
    /// The time within which what came after a look-up must be stored. Nobody waits at a webhook any more.
    private static let laterWithin = Duration.milliseconds(2500)

    /// Returns whether there are user groups of which nothing is known, so that it must be looked closer.
    var mayHaveToLookUp: Bool {
        let groups = context.rulebook.policy.userGroups
        return !groups.isEmpty && !groups.worthAsking(groups.all).isEmpty
    }

    /// Answers a command once it is known who is in the user groups on which it hangs. Where that takes too long, the
    /// answer follows in private.
    func lookUpFirst(_ command: InboundCommand, deadline: Duration, answer: @escaping Answer<Reply>) {
        underWay.begin()
        Task {
            defer { underWay.end() }
            let unknown = await unknown(for: command)
            if await context.members.lookUp(unknown, until: deadline - Self.keptForAnswer) {
                return take(command, deadline: deadline, answer: answer)
            }
            let names = context.rulebook.policy.userGroups.names(of: unknown).map { "`\($0)`" }
            answer(
                .success(
                    Reply(
                        "I am looking up who is in \(names.joined(separator: " and ")). The answer follows.",
                        .follows
                    )
                )
            )
            await context.members.lookUp(unknown, until: context.clock.uptime + MemberCache.longest)
            let reply: Reply
            do {
                reply = try await withCheckedThrowingContinuation { waiting in
                    take(command, deadline: context.clock.uptime + Self.laterWithin) { waiting.resume(with: $0) }
                }
            } catch {
                reply = .notDone("It could not be stored, so nothing was done. Try again in a moment.")
            }
            guard let message = reply.message else { return }
            let address = PostAddress(channel: command.channel, replyHandle: command.replyHandle)
            let actor = context.rulebook.policy.actor(command.account, name: command.displayName)
            followUps.enqueue(for: actor.key) { [followUps] in
                await followUps.tellNow(command.account, message, at: address, isDirect: command.isDirect)
            }
        }
    }

    /// Takes a click once it is known who is in the user groups on which it hangs. Where that takes too long, the platform
    /// is answered first; what came of the click is seen on the change's message, or told in private.
    func lookUpFirst(_ click: InboundClick, deadline: Duration, answer: @escaping Answer<Void>) {
        underWay.begin()
        Task {
            defer { underWay.end() }
            let unknown = await unknown(for: click.account, deciding: ButtonValue(click.value)?.change)
            if await context.members.lookUp(unknown, until: deadline - Self.keptForAnswer) {
                return take(click, deadline: deadline, answer: answer)
            }
            answer(.success(()))
            await context.members.lookUp(unknown, until: context.clock.uptime + MemberCache.longest)
            await withCheckedContinuation { (waiting: CheckedContinuation<Void, Never>) in
                take(click, deadline: context.clock.uptime + Self.laterWithin) { _ in waiting.resume() }
            }
        }
    }

    /// Returns the user groups of which nothing is known and on which the answer to a command hangs.
    private func unknown(for command: InboundCommand) async -> Set<UserGroup> {
        let rules = context.rulebook
        let actor = rules.policy.actor(command.account, name: command.displayName)
        guard let understood = try? rules.understand(command, by: actor) else {
            return rules.policy.hangingOnIdentity(of: actor)
        }
        switch understood {
        case .change(let asked) where !asked.planOnly: return []
        case .change(let asked):
            return rules.unknown(asked, by: actor, in: command.channel).union(rules.policy.hangingOnRights(of: actor))
        case .command(let decision as any ChangeDecision):
            return await unknown(for: command.account, deciding: decision.change)
        case .command(let question as any Question):
            return question.unknown(rules, actor, in: command.channel).union(rules.policy.hangingOnRights(of: actor))
        case .command, .incomplete, .whichChange: return rules.policy.hangingOnRights(of: actor)
        }
    }

    /// Returns the user groups of which nothing is known and on which somebody's decision on a change hangs.
    private func unknown(for account: Account, deciding id: Int?) async -> Set<UserGroup> {
        let rules = context.rulebook
        let mine = rules.policy.hangingOnRights(of: rules.policy.actor(account, name: ""))
        guard let id, let change = try? await context.store.read({ try $0.change(id) }) else { return mine }
        return mine.union(rules.policy.unknown(in: change.groupsAsked))
    }
}
