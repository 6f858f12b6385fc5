import BotConfiguration
import BotCore
import BotEngine

/// Tries the policy of a configuration on a line as somebody would type it. Nothing is looked up anywhere.
struct PolicyTrial {
    private let configuration: Configuration
    private let rules: Rulebook
    /// The policy, with nobody in any user group.
    private let policy: Policy

    init(_ configuration: Configuration) {
        self.configuration = configuration
        rules = configuration.rulebook
        let groups = rules.policy.userGroups.all.map { ($0, UserGroups.Answer.members([])) }
        policy = rules.policy.knowing(Dictionary(uniqueKeysWithValues: groups))
    }

    /// Explains what would be decided.
    /// - Parameters:
    ///   - line: what stands behind the command's word: `42 restart cluster`.
    ///   - somebody: a configured person's name, or an account in full.
    ///   - place: a configured channel's name, or a channel in full; nil: nowhere in particular.
    ///   - groups: the groups that the person is in besides those of the configuration, as a platform's user groups
    ///     would say.
    func explain(
        _ line: String,
        as somebody: String,
        in place: String?,
        groups: [String]
    ) throws -> PolicyExplanation {
        let account = try account(somebody)
        let channel = try place.map(channel)
        guard case .change(let asked) = try understood(line) else {
            throw UsageProblem("`\(line)` asks for no change; the policy is asked about one: `42 restart cluster`.")
        }
        let policy = try joined(account, with: groups)
        let actor = policy.actor(account, name: "")
        return policy.explain(Rulebook.request(asked, by: actor, in: channel))
    }

    /// A sentence that says which groups count as smaller than they are in chat; nil where none does.
    var note: String? {
        let groups = policy.userGroups.inGroup.keys.sorted()
        guard let first = groups.first else { return nil }
        return
            "User groups count as empty here (\(groups.joined(separator: ", "))); `--groups \(first)` puts whoever asks into one."
    }

    private func understood(_ line: String) throws -> Understood {
        do {
            return try rules.grammar.understand(line)
        } catch {
            throw UsageProblem("\(error.problem) For example: `\(error.example)`.")
        }
    }

    private func account(_ text: String) throws -> Account {
        if let person = configuration.people.first(where: { $0.name == text }), let first = person.accounts.first {
            return first
        }
        guard let account = Account(text) else {
            throw UsageProblem(
                "`\(text)` is neither a person of the configuration nor an account such as `slack:T0001/U0AMY`."
            )
        }
        return account
    }

    private func channel(_ text: String) throws -> Channel {
        guard let channel = configuration.channels[text] ?? Channel(text) else {
            throw UsageProblem(
                "`\(text)` is neither a name under `channels` nor a channel such as `slack:T0001/C0OPS`."
            )
        }
        return channel
    }

    private func joined(_ account: Account, with groups: [String]) throws -> Policy {
        guard !groups.isEmpty else { return policy }
        for group in groups where policy.groups[group] == nil {
            throw UsageProblem("There is no group `\(group)` under `groups`.")
        }
        guard policy.people[account] != nil || groups.allSatisfy(policy.userGroups.inGroup.keys.contains)
        else {
            throw UsageProblem(
                "No person lists the account `\(account)`, so it can only be in groups that have a platform's user groups."
            )
        }
        return policy.adding(policy.people[account] ?? account.description, to: groups)
    }
}
