extension SimulatedSlack: SandboxHandler {
    nonisolated func admits(_ head: SandboxRequest) async -> Bool { true }

    func reply(to request: SandboxRequest) async -> SandboxReply {
        if let journalProblem {
            return .text("The sandbox cannot write its journal: \(journalProblem)", status: 500)
        }
        if request.path.hasPrefix("/api/") { return await webAPI(request) }
        if request.path.hasPrefix("/hooks/"), request.method == "POST" { return await useHook(request) }
        return await page(request)
    }

    /// A call of the Web API, written down before and after.
    private func webAPI(_ request: SandboxRequest) async -> SandboxReply {
        let method = String(request.path.dropFirst("/api/".count))
        var arguments = SlackArguments(request, takesJSON: Self.takesJSON(method))
        let token = request.bearer ?? arguments.removeToken()
        var call = SlackAPICall(
            number: state.calls.count + 1,
            at: now,
            method: method,
            arguments: .object(arguments.values)
        )
        keep(call)
        let fault = takeFault(method)
        call.fault = fault?.kind.rawValue
        let reply = await carryOut(fault) {
            self.answer(method, arguments, token: token, call: &call)
        }
        call.status = if case .closed = reply.ending { nil } else { reply.status }
        keep(call)
        return reply
    }

    /// Does what was asked for, unless and except the fault says otherwise.
    func carryOut(_ fault: SlackFault?, _ perform: () -> SandboxReply) async -> SandboxReply {
        guard let fault else { return perform() }
        switch fault.kind {
        case .errorBefore:
            return .text("Internal error", status: fault.status)
        case .errorAfter:
            _ = perform()
            return .text("Internal error", status: fault.status)
        case .rateLimit:
            return Self.limited(seconds: fault.retryAfter)
        case .delayBefore:
            guard (try? await Task.sleep(for: .milliseconds(fault.milliseconds))) != nil else { return .closed }
            return perform()
        case .delayAfter:
            let reply = perform()
            guard (try? await Task.sleep(for: .milliseconds(fault.milliseconds))) != nil else { return .closed }
            return reply
        case .dropBefore:
            return .closed
        case .dropAfter:
            _ = perform()
            return .closed
        case .apiError:
            return .json(["ok": false, "error": .string(fault.error)])
        }
    }

    private static func limited(seconds: Int) -> SandboxReply {
        .json(["ok": false, "error": "ratelimited"], status: 429, headers: [("retry-after", String(seconds))])
    }

    private func answer(
        _ method: String,
        _ arguments: SlackArguments,
        token: String?,
        call: inout SlackAPICall
    ) -> SandboxReply {
        switch result(method, arguments, token: token) {
        case .ok(var members):
            members["ok"] = true
            if !arguments.warnings.isEmpty {
                let warnings = arguments.warnings
                members["warning"] = .string(warnings.joined(separator: ","))
                members["response_metadata"] = ["warnings": .array(warnings.map { .string($0) })]
            }
            return .json(
                .object(members),
                headers: [("x-oauth-scopes", workspace.scopes.sorted().joined(separator: ","))]
            )
        case .error(let word, let messages):
            call.error = word
            var reply: SandboxJSON = ["ok": false, "error": .string(word)]
            if !messages.isEmpty { reply["response_metadata"] = ["messages": .array(messages.map { .string($0) })] }
            return .json(reply)
        case .limited(let seconds):
            call.error = "ratelimited"
            return Self.limited(seconds: seconds)
        }
    }

    private func result(_ method: String, _ arguments: SlackArguments, token: String?) -> SlackResult {
        guard Self.methods.contains(method) else { return .error("unknown_method") }
        guard let token, !token.isEmpty else { return .error("not_authed") }
        guard token == workspace.botToken else { return .error("invalid_auth") }
        guard !arguments.isMalformed else { return .error("invalid_json") }
        if let perMinute = workspace.callsPerMinute[method],
            let wait = limiter.take(method, capacity: perMinute, perSecond: Double(perMinute) / 60, at: now)
        {
            return .limited(seconds: wait)
        }
        if let scope = Self.scopes[method], !workspace.scopes.contains(scope) { return .error("missing_scope") }
        switch method {
        case "auth.test": return authTest()
        case "chat.postMessage": return postMessage(arguments)
        case "chat.update": return updateMessage(arguments)
        case "chat.delete": return deleteMessage(arguments)
        case "chat.postEphemeral": return postEphemeral(arguments)
        case "users.info": return usersInfo(arguments)
        case "conversations.info": return conversationsInfo(arguments)
        case "conversations.history": return conversationsHistory(arguments)
        case "users.list": return usersList(arguments)
        case "usergroups.list": return userGroupsList(arguments)
        default: return userGroupUsers(arguments)
        }
    }

    /// Slack's reads overlook a body of JSON.
    private static func takesJSON(_ method: String) -> Bool { method.hasPrefix("chat.") || method == "auth.test" }

    /// The scope that a method needs, where it is always the same.
    private static let scopes = [
        "users.info": "users:read", "users.list": "users:read", "usergroups.list": "usergroups:read",
        "usergroups.users.list": "usergroups:read",
    ]

    private static let methods: Set<String> = [
        "auth.test", "chat.delete", "chat.postEphemeral", "chat.postMessage", "chat.update", "conversations.history",
        "conversations.info", "usergroups.list", "usergroups.users.list", "users.info", "users.list",
    ]
}
