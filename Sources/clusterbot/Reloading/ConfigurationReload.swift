import BotConfiguration
import BotCore
import BotEngine
import ConfigurationTree
import Logging

/// Reads the configuration anew and puts it in force as a whole; or, if there is a problem, changes nothing and says so.
struct ConfigurationReload: Sendable {
    let live: LiveParts
    let context: EngineContext
    /// Reads and checks the files, and fetches the secrets.
    let read: @Sendable () throws(ConfigurationProblems) -> Configuration
    let logger: Logger

    func run() async {
        let next: Configuration
        do {
            next = try read()
        } catch {
            return await refuse(error)
        }
        for warning in next.warnings { logger.warning("\(warning.message)", metadata: warning.place) }
        for secret in next.readOnce { logger.info("not read anew: \(secret.message)", metadata: secret.place) }
        let before = live.configuration
        let (taken, kept) = live.replace(with: next)
        for part in kept { logger.warning("not taken over: \(part)") }
        let rules = RuleDifference(from: before.policy.rules, to: taken.policy.rules)
        let file =
            taken.isSameText(as: before)
            ? nil : taken.files.first.map { ReloadedFile($0, included: taken.files.dropFirst()) }
        do {
            let head = try await Reload(context: context).putInForce(taken.rulebook, from: file)
            logger.notice("the configuration was read anew", metadata: facts(taken, rules, head))
            if let head { await tell("🔄 \(sentence(before, taken, rules)) \(head.short)") }
        } catch {
            logger.error(
                "the configuration was read anew, and the store did not take what follows from it",
                metadata: ["error": "\(error)"]
            )
        }
    }

    private func refuse(_ found: ConfigurationProblems) async {
        for problem in found.problems { logger.error("\(problem.message)", metadata: problem.place) }
        for warning in found.warnings { logger.warning("\(warning.message)", metadata: warning.place) }
        logger.error(
            "the configuration was read anew and has problems: nothing changed",
            metadata: ["problems": .stringConvertible(found.problems.count)]
        )
        let count = found.problems.count == 1 ? "a problem" : "\(found.problems.count) problems, the first"
        let place = found.problems.first.map { " in line \($0.line) of `\($0.file)`" } ?? ""
        // The messages themselves may hold what somebody wrote into the file.
        await tell(
            "⚠️ I read the configuration anew, and it has \(count)\(place). Nothing changed. "
                + "The log says what is wrong; so does `clusterbot check`."
        )
    }

    private func tell(_ text: String) async { await HistoryChannelNotice(context: context).post(text) }

    private func sentence(_ before: Configuration, _ taken: Configuration, _ rules: RuleDifference) -> String {
        let what =
            before.policy.digest == taken.policy.digest
            ? "the policy is the same."
            : rules.isNone
                ? "no rule changed, but who or what they are about did: people, groups, clusters, channels or defaults."
                : "rules added: \(rules.added), changed: \(rules.changed), removed: \(rules.removed)."
        return "I read the configuration anew: \(what) Policy `\(taken.policy.digest.prefix(12))`."
    }

    private func facts(_ taken: Configuration, _ rules: RuleDifference, _ head: HistoryHead?) -> Logger.Metadata {
        var facts: Logger.Metadata = [
            "event": "reloaded", "policy": "\(taken.policy.digest.prefix(12))",
            "rules_added": .stringConvertible(rules.added), "rules_changed": .stringConvertible(rules.changed),
            "rules_removed": .stringConvertible(rules.removed),
        ]
        if let head { facts["seq"] = .stringConvertible(head.seq) }
        return facts
    }
}

extension ConfigurationProblem {
    /// The place in the file, for a line of the log.
    var place: Logger.Metadata {
        ["file": "\(file)", "line": .stringConvertible(line), "column": .stringConvertible(column)]
    }
}
