import BotCore

/// Slack's user groups: who is in one, and which of them count.
struct SlackDirectory: MemberDirectory {
    let poster: SlackPoster

    /// Up to so many members are looked up one by one; of larger groups the workspace's whole list is read.
    static let mostOneByOne = 20
    private static let atOnce = 4
    /// The size of a page of the workspace's list. Slack takes up to 1000 and may give fewer.
    private static let page = 500
    /// The most pages that are read: Slack allows about twenty a minute, and an answer must be there in time.
    private static let mostPages = 40
    /// A page holds every profile in full, with addresses of pictures and statuses.
    private static let maximumReply = 4 * 1024 * 1024

    func members(of group: UserGroup) async throws(LookUpProblem) -> Set<Account> {
        let token = try token(for: group)
        let reply = try await read("usergroups.users.list", ["usergroup": group.id], token)
        guard let ids = reply["users"]?.array?.compactMap(\.string) else {
            throw .noAnswer("Slack's usergroups.users.list did not say who is in the user group.")
        }
        let asked = Set(ids.filter(SlackReceiver.isID))
        let users =
            asked.count <= Self.mostOneByOne
            ? try await oneByOne(asked, token) : try await fromList(asked, token)
        let counting = users.filter { $0.counts(in: group.workspace) }
        return Set(counting.map { Account(platform: group.platform, workspace: group.workspace, user: $0.id) })
    }

    /// Returns the handle of a user group, for people: `@leads`.
    func title(of group: UserGroup) async throws(LookUpProblem) -> String {
        let reply = try await read("usergroups.list", ["include_disabled": "true"], try token(for: group))
        guard let found = reply["usergroups"]?.array?.first(where: { $0["id"]?.string == group.id }) else {
            throw .refused(Self.noSuchGroup)
        }
        guard found["date_delete"]?.int ?? 0 == 0 else {
            throw .refused(
                "The user group is disabled in Slack: enable it there, or take it out of `slack_usergroups`."
            )
        }
        return "@\(SlackReceiver.name(found["handle"]?.string, or: group.id))"
    }

    private static let noSuchGroup =
        "Slack knows no such user group: correct `slack_usergroups` (the group's page in Slack, “Copy group ID”)."

    private func token(for group: UserGroup) throws(LookUpProblem) -> Secret {
        guard let token = poster.settings.workspaces[group.workspace].flatMap(\.self) else {
            throw .refused("User groups are looked up with a token: give `\(group.workspace)` a `bot_token`.")
        }
        return token
    }

    private func oneByOne(_ ids: Set<String>, _ token: Secret) async throws(LookUpProblem) -> [SlackUser] {
        var left = ids.sorted()[...]
        var found: [SlackUser] = []
        while !left.isEmpty {
            let some = left.prefix(Self.atOnce)
            left = left.dropFirst(Self.atOnce)
            let answers = await withTaskGroup(of: Result<SlackUser?, LookUpProblem>.self) { group in
                for id in some { group.addTask { await user(id, token) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for answer in answers { if let user = try answer.get() { found.append(user) } }
        }
        return found
    }

    /// Returns one user; nil for one whom Slack does not show to the app.
    private func user(_ id: String, _ token: Secret) async -> Result<SlackUser?, LookUpProblem> {
        do throws(LookUpProblem) {
            let reply = try await read("users.info", ["user": id], token, mayBeMissing: true)
            return .success(reply["user"].flatMap(SlackUser.init).flatMap { $0.id == id ? $0 : nil })
        } catch {
            return .failure(error)
        }
    }

    /// Reads the workspace's list, page by page, until everybody was found.
    private func fromList(_ ids: Set<String>, _ token: Secret) async throws(LookUpProblem) -> [SlackUser] {
        var found: [SlackUser] = []
        var cursor = ""
        for _ in 0..<Self.mostPages {
            let form = ["limit": "\(Self.page)", "cursor": cursor].filter { !$0.value.isEmpty }
            let reply = try await read("users.list", form, token)
            guard let users = reply["members"]?.array else {
                throw .noAnswer("Slack's users.list did not say who is in the workspace.")
            }
            found += users.compactMap(SlackUser.init).filter { ids.contains($0.id) }
            cursor = reply["response_metadata"]?["next_cursor"]?.string ?? ""
            if cursor.isEmpty || found.count == ids.count { return found }
        }
        throw .refused("The workspace has too many accounts to read in time; use smaller user groups.")
    }

    private func read(
        _ method: String,
        _ arguments: [String: String],
        _ token: Secret,
        mayBeMissing: Bool = false
    ) async throws(LookUpProblem) -> JSONValue {
        let form = arguments.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.percentEncoded)" }
        do throws(ChatProblem) {
            return try await poster.call(
                method,
                form: Array(form.joined(separator: "&").utf8),
                token: token,
                maximumReply: Self.maximumReply
            )
        } catch {
            switch error {
            case .rateLimited(let pause): throw .rateLimited(pause)
            case .transient(let text): throw .noAnswer(text)
            case .permanent(let text) where mayBeMissing && Self.says(text, "user_not_found", "user_not_visible"):
                return .object([:])
            case .permanent(let text) where Self.says(text, "no_such_subteam", "subteam_not_found"):
                throw .refused(Self.noSuchGroup)
            case .permanent(let text) where Self.says(text, "missing_scope"):
                let scope = method.hasPrefix("usergroups.") ? "usergroups:read" : "users:read"
                throw .refused(
                    "Give the Slack app the scope `\(scope)` (OAuth & Permissions), and install it again."
                )
            case .permanent(let text) where Self.says(text, "paid_teams_only", "plan_upgrade_required"):
                throw .refused("Slack has user groups only in paid plans: list the people under `people` instead.")
            default: throw .refused(SlackPoster.sentence(error))
            }
        }
    }

    /// Returns whether the text of a problem names one of Slack's error words.
    private static func says(_ text: String, _ words: String...) -> Bool { words.contains { text.contains(" \($0).") } }
}
