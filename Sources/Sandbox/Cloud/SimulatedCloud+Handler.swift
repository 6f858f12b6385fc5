extension SimulatedCloud: SandboxHandler {
    /// The simulator's own routes; everything else is the API's.
    private static let controlPrefix = "/sandbox/"

    func admits(_ head: SandboxRequest) async -> Bool {
        guard !head.path.hasPrefix(Self.controlPrefix) else { return true }
        guard let fault = takeFault(method: head.method, action: nil, unread: true) else { return true }
        if let number = try? record(head) { try? recordAnswer(number, status: nil, fault: fault.kind) }
        return false
    }

    func reply(to request: SandboxRequest) async -> SandboxReply {
        guard !request.path.hasPrefix(Self.controlPrefix) else { return control(request) }
        do {
            let number = try record(request)
            let action = received[number - 1].action
            let fault = takeFault(method: request.method, action: action, unread: false)
            let reply = try await answer(request, number: number, fault: fault)
            let status = if case .closed = reply.ending { nil as Int? } else { reply.status }
            try recordAnswer(number, status: status, fault: fault?.kind)
            return reply
        } catch {
            return .text("The sandbox itself failed, nothing can be said about this request: \(error)", status: 500)
        }
    }

    private func answer(_ request: SandboxRequest, number: Int, fault: CloudFault?) async throws -> SandboxReply {
        guard let fault else { return perform(request, number: number) }
        switch fault.kind {
        case .delayBefore:
            guard await slept(fault.duration) else { return .closed }
            return perform(request, number: number)
        case .delayAfter:
            let reply = perform(request, number: number)
            return await slept(fault.duration) ? reply : .closed
        case .errorBefore:
            return CloudRefusal.refused(fault.status ?? 503, "Service temporarily unavailable").reply
        case .errorAfter:
            _ = perform(request, number: number)
            return CloudRefusal.refused(fault.status ?? 500, "Internal server error").reply
        case .dropBefore, .closeUnread, .offline:
            return .closed
        case .dropAfter:
            _ = perform(request, number: number)
            return .closed
        case .truncate:
            var reply = perform(request, number: number)
            reply.ending = .truncated(after: reply.body.count / 2)
            return reply
        case .garbage:
            _ = perform(request, number: number)
            return .html(Array("<html><body><h1>Welcome</h1></body></html>".utf8))
        case .failing200:
            return .json([
                "code": 400, "data": [:], "errors": ["non_field_errors": ["Cluster is locked by another operation."]],
                "message": "Cluster is locked by another operation.",
            ])
        case .rateLimit:
            var reply = CloudRefusal.refused(429, "Request was throttled.", form: .detail).reply
            reply.headers.append(("retry-after", String(fault.retryAfter)))
            return reply
        case .applyLate:
            performLater(request, number: number, after: fault.duration)
            return .html(Array("<html><body><h1>504 Gateway Time-out</h1></body></html>".utf8), status: 504)
        }
    }

    /// Sleeps; false if the server is being stopped meanwhile.
    private func slept(_ duration: Duration) async -> Bool {
        do {
            try await Task.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }

    /// Carries out a request as the API does when nothing goes wrong.
    func perform(_ request: SandboxRequest, number: Int) -> SandboxReply {
        do {
            let call = try CloudCall(request, settings: settings)
            guard case .act(let id) = call.route else {
                return .json(try world.read(call, at: settings.now()))
            }
            _ = try world.index(ofCluster: id, for: call)
            guard request.mediaType == "application/json" else {
                throw CloudRefusal.refused(
                    415,
                    "Unsupported media type \"\(request.mediaType)\" in request.",
                    form: .detail
                )
            }
            guard let body = SandboxJSON(parsing: request.body) else {
                throw CloudRefusal.refused(400, "JSON parse error", form: .detail)
            }
            let action = try CloudAction(body: body, rejectingSurplus: settings.rejectsSurplusFields)
            let data = try apply(action, onCluster: id, for: call, number: number)
            return .json(CloudWorld.envelope(data, message: "Cluster updated successfully"))
        } catch let refusal as CloudRefusal {
            return refusal.reply
        } catch {
            return .text("The sandbox cannot write its journal: \(error)", status: 500)
        }
    }
}
