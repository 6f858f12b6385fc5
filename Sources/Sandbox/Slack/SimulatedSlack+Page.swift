import FoundationEssentials

extension SimulatedSlack {
    /// The page, and the small JSON interface it lives on. Whoever can reach the port can play anybody: it is a sandbox.
    func page(_ request: SandboxRequest) async -> SandboxReply {
        switch (request.method, request.path) {
        case ("GET", "/"):
            return .html(PackageResources.page_html, headers: Self.pageHeaders)
        case ("GET", "/sandbox/slack/state"):
            return await pageState(request.parameters)
        case ("GET", "/sandbox/slack/log"):
            return .json([
                "calls": SandboxJSON(encoding: state.calls), "deliveries": SandboxJSON(encoding: state.deliveries),
            ])
        case ("POST", "/sandbox/slack/send"):
            return await act(request) { body in
                _ = try await self.send(body["text"]?.string ?? "", as: Self.user(body), in: Self.channel(body))
            }
        case ("POST", "/sandbox/slack/click"):
            return await act(request) { body in
                _ = try await self.click(
                    body["action_id"]?.string ?? "",
                    value: body["value"]?.string,
                    on: body["ts"]?.string ?? "",
                    in: Self.channel(body),
                    as: Self.user(body)
                )
            }
        case ("POST", "/sandbox/slack/faults"):
            return await act(request) { body in self.add(try body.decoded(as: SlackFault.self)) }
        case ("POST", "/sandbox/slack/usergroup"):
            return await act(request) { body in
                let users = body["users"]?.array?.compactMap(\.string) ?? []
                self.setUsers(users, of: body["id"]?.string ?? "")
            }
        case ("POST", "/sandbox/slack/time"):
            return await act(request) { body in
                guard let moveTime = self.moveTime else { throw PageProblem(description: "Time cannot be moved here.") }
                guard let seconds = body["seconds"]?.int, 1...Self.longestMove ~= seconds else {
                    throw PageProblem(description: "Say `seconds`: 1 to \(Self.longestMove).")
                }
                moveTime(.seconds(seconds))
            }
        case ("POST", "/sandbox/slack/person"):
            return await act(request) { body in
                guard let kind = (body["kind"]?.string).flatMap(SlackWorkspace.Person.Kind.init) else {
                    throw PageProblem(description: "Say `kind`: member, deactivated, bot, guest or singleChannelGuest.")
                }
                self.make(body["id"]?.string ?? "", kind)
            }
        case ("POST", "/sandbox/cloud/faults"):
            return await act(request) { body in
                guard let cloud = self.cloud else {
                    throw PageProblem(description: "No cloud is connected to this page.")
                }
                if let problem = await cloud.inject(body) { throw PageProblem(description: problem) }
            }
        default:
            return .text("Not found", status: 404)
        }
    }

    private struct PageProblem: Error, CustomStringConvertible {
        let description: String
    }

    /// The page needs nothing from anywhere else, and may not be shown inside another one.
    private static let pageHeaders = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
                + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        ),
        ("cache-control", "no-store"),
    ]

    /// The longest way that time is moved at once, in seconds: a day.
    private static let longestMove = 86_400

    private static func user(_ body: SandboxJSON) -> String { body["as"]?.string ?? "" }
    private static func channel(_ body: SandboxJSON) -> String { body["channel"]?.string ?? "" }

    private func act(
        _ request: SandboxRequest,
        _ perform: (SandboxJSON) async throws -> Void
    ) async -> SandboxReply {
        // The media type keeps foreign web pages out: a browser asks before it sends JSON to another origin.
        guard request.mediaType == "application/json", let body = SandboxJSON(parsing: request.body) else {
            return .json(["error": "Send a JSON object, with Content-Type application/json."], status: 400)
        }
        do {
            try await perform(body)
            return .json(["ok": true])
        } catch {
            return .json(["error": .string("\(error)")], status: 400)
        }
    }

    /// Answers what one person sees of one channel, as far as it changed since a revision.
    private func pageState(_ parameters: [String: String]) async -> SandboxReply {
        // Nothing is awaited between the messages and the revision that says how far they go.
        let cloud = await cloud?.snapshot()
        let user = parameters["as"] ?? workspace.people.first?.id ?? ""
        let mine = state.channels.filter { $0.members.contains(user) }
        let channel = mine.first { $0.id == parameters["channel"] } ?? mine.first
        let since = parameters["since"].flatMap(Int.init) ?? 0
        let changed = state.messages.filter { message in
            message.channel == channel?.id && message.revision > since && (message.visibleTo ?? user) == user
        }
        return .json([
            "revision": .int(state.revision),
            "team": .string(workspace.teamDomain),
            "bot": ["id": .string(workspace.botUserID), "name": .string(workspace.botName)],
            "command": .string(workspace.command),
            "as": .string(user),
            "now": .int(Int(now.timeIntervalSince1970 * 1000)), "moves_time": .bool(moveTime != nil),
            "channel": channel.map { .string($0.id) } ?? nil,
            "people": .array(
                workspace.people.map { person in
                    [
                        "id": .string(person.id), "name": .string(person.name), "real_name": .string(person.realName),
                        "title": .string(person.title), "is_stranger": .bool(person.teamID != workspace.teamID),
                    ]
                }
            ),
            "channels": .array(mine.map { object($0, for: user) }),
            "messages": .array(changed.map { pageObject($0, for: user) }),
            "cloud": cloud ?? nil,
        ])
    }

    private func object(_ channel: SlackWorkspace.Channel, for user: String) -> SandboxJSON {
        let newest = state.messages.last { $0.channel == channel.id && ($0.visibleTo ?? user) == user }
        return [
            "id": .string(channel.id), "name": .string(channel.name), "is_im": .bool(channel.isDirect),
            "is_archived": .bool(channel.isArchived), "is_shared": .bool(channel.isShared),
            "has_bot": .bool(channel.members.contains(workspace.botUserID)),
            "newest": .string(newest?.ts ?? ""),
        ]
    }

    private func pageObject(_ message: SlackMessage, for user: String) -> SandboxJSON {
        [
            "ts": .string(message.ts), "kind": .string(message.kind.rawValue), "author": .string(message.author),
            "text": .string(message.isDeleted ? "" : message.text), "blocks": message.isDeleted ? [] : message.blocks,
            "ephemeral": .bool(message.visibleTo != nil), "edited": .bool(message.edited != nil),
            "deleted": .bool(message.isDeleted), "warning": message.warnings[user].map { .string($0) } ?? nil,
        ]
    }
}
