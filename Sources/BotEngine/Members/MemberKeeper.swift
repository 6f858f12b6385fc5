import BotCore
import Logging

/// Keeps the answers fresh that somebody needs, so that decisions need not wait for the platform, and lets pending changes
/// go on that waited for one.
struct MemberKeeper: Sendable {
    let context: EngineContext

    private static let pause = Duration.seconds(5)

    func run() async {
        while !context.members.news.isClosed, !Task.isCancelled {
            do {
                try await look()
            } catch {
                context.logger.error("user groups not looked after", metadata: ["error": "\(error)"])
            }
            await context.members.news.wait(atMost: Self.pause, clock: context.clock)
        }
    }

    /// Lets ``run()`` end.
    func finish() { context.members.news.close() }

    private func look() async throws {
        let rules = context.rulebook
        guard !rules.policy.userGroups.isEmpty else { return }
        let open = try await context.store.read { try $0.changes(in: [.pending, .ready]) }.filter { change in
            change.groupsAsked.contains { rules.policy.userGroups.inGroup[$0] != nil }
        }
        let asked = open.reduce(into: Set<UserGroup>()) { found, change in
            for group in change.groupsAsked { found.formUnion(rules.policy.userGroups.inGroup[group] ?? []) }
        }
        context.members.refresh(asked)
        let now = context.clock.now
        let waiting = try await context.store.read { reader in
            try open.filter { change in
                guard change.state == .pending else { return false }
                let approvals = try reader.approvals(of: change.id)
                return try change.hasNews(rules) || change.isLeftOver(rules)
                    || !change.newlyLost(approvals, reader, rules).isEmpty
                    || Consent(change: change, approvals: approvals, rules: rules).metPermit(at: now) != nil
            }
        }
        for change in waiting {
            try await context.store.write { writer in
                guard var current = try writer.change(change.id), current.state == .pending else { return }
                let (recorder, rules) = (context.recorder(writer), context.rulebook)
                if current.isLeftOver(rules) {
                    try Reassessment(recorder: recorder, rules: rules, before: rules).apply(to: &current)
                } else {
                    try AskedAgain(recorder: recorder, rules: rules).apply(to: &current)
                }
            }
            context.ringAll()
        }
    }
}

extension Change {
    /// Whether the rules were replaced while it was not known whom they mean, and now it is.
    fileprivate func isLeftOver(_ rules: Rulebook) -> Bool {
        policy != rules.policy.digest && rules.policy.hanging(on: rules.request(self)).isEmpty
    }

    /// Whether an answer is there now that was not when a group was asked.
    fileprivate func hasNews(_ rules: Rulebook) -> Bool {
        var later = self
        later.ask(groupsAsked, rules.policy)
        return later.asked != asked
    }
}
