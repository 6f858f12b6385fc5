import FoundationEssentials

extension SimulatedSlack {
    /// A new `response_url` for a command or a click.
    func makeHook(for kind: SimulatedSlackDelivery.Kind, user: String, channel: String, original: String?) async
        -> String
    {
        let folder = kind == .command ? "commands" : "actions"
        var generator = SystemRandomNumberGenerator()
        let secret = String(generator.next() as UInt64, radix: 36) + String(generator.next() as UInt64, radix: 36)
        let base = await baseURL()
        let path = "/hooks/\(folder)/\(workspace.teamID)/\(nextNumber())/\(secret)"
        keep(SlackHook(path: path, created: now, user: user, channel: channel, original: original))
        return base + path
    }

    /// A POST to a `response_url`: five uses in thirty minutes, counting those that fail.
    func useHook(_ request: SandboxRequest) async -> SandboxReply {
        let body = SandboxJSON(parsing: request.body)
        var call = SlackAPICall(
            number: state.calls.count + 1,
            at: now,
            method: "response_url",
            arguments: ["path": .string(request.path), "body": body ?? nil]
        )
        keep(call)
        let fault = takeFault("response_url")
        call.fault = fault?.kind.rawValue
        let reply = await carryOut(fault) {
            let reply = self.answer(body, path: request.path)
            if reply.status != 200 { call.error = String(decoding: reply.body, as: UTF8.self) }
            return reply
        }
        call.status = if case .closed = reply.ending { nil } else { reply.status }
        keep(call)
        return reply
    }

    private func answer(_ body: SandboxJSON?, path: String) -> SandboxReply {
        guard var hook = state.hooks[path] else { return .text("no_service", status: 404) }
        guard now.timeIntervalSince(hook.created) <= workspace.hookLife / .seconds(1) else {
            return .text("expired_url", status: 404)
        }
        guard hook.uses < workspace.hookUses else { return .text("used_url", status: 404) }
        hook.uses += 1
        keep(hook)
        guard let body, body.object != nil else { return .text("invalid_payload", status: 400) }
        let original = hook.original.flatMap { state.message($0, in: hook.channel) }
        if Self.isTrue(body["delete_original"]) {
            guard var original else { return .text("message_not_found", status: 404) }
            original.isDeleted = true
            keep(original)
            return .text("ok")
        }
        switch content(text: body["text"]?.string, blocks: body["blocks"].flatMap { $0 == .null ? nil : $0 }) {
        case .failure(let problem):
            return .text(problem.word, status: 400)
        case .success(let content):
            let isPublic = body["response_type"] == "in_channel"
            if Self.isTrue(body["replace_original"]), var original {
                // Slack never turns a public message into a private one or back: the original keeps its visibility.
                original.text = content.text
                original.blocks = content.blocks
                original.edited = nextTS()
                keep(original)
            } else {
                let message = newMessage(
                    content,
                    in: hook.channel,
                    visibleTo: isPublic ? nil : hook.user,
                    thread: isPublic ? body["thread_ts"]?.string : nil
                )
                if hook.path.hasPrefix("/hooks/commands/") {
                    hook.original = message.ts
                    keep(hook)
                }
            }
            return .text("ok")
        }
    }

    /// Slack's own examples send the words as well as the booleans.
    private static func isTrue(_ value: SandboxJSON?) -> Bool { value == true || value == "true" }
}
