import BotCore
import CurlHTTP

/// A judge of replies to Cluster Actions calls, by what they prove. A reply that proves nothing is `unknown`: a wrong
/// "refused" would invite somebody to repeat a request that was carried out, a wrong "accepted" would record one that was
/// not.
package struct ReplyClassifier: Sendable {
    private let spec: ActionSpec
    private let cluster: Cluster
    private let redactor: Redactor

    /// - Parameter secrets: what no sentence may repeat.
    package init(spec: ActionSpec, cluster: Cluster, secrets: [Secret]) {
        self.init(spec: spec, cluster: cluster, redactor: Redactor(secrets))
    }

    init(spec: ActionSpec, cluster: Cluster, redactor: Redactor) {
        self.spec = spec
        self.cluster = cluster
        self.redactor = redactor
    }

    /// The outcome of a call that has a reply; never ``CallOutcome/notSent(_:)``.
    /// - Parameters:
    ///   - status: of the reply's head.
    ///   - headers: as received.
    ///   - body: whole, as received.
    package func outcome(status: Int, headers: [(name: String, value: String)], body: [UInt8]) -> CallOutcome {
        switch status {
        case 200..<300: success(status, body)
        case 429: tooManyRequests(CurlResponse(status: status, headers: headers, body: body))
        case _ where Envelope.definiteRefusals.contains(status): refusal(status, body)
        default: unknown("The API answered \(status) \(shown(body)).")
        }
    }

    private func success(_ status: Int, _ body: [UInt8]) -> CallOutcome {
        guard let envelope = Envelope(body) else { return unknown("The API answered \(status) \(shown(body)).") }
        if envelope.reportsFailure {
            guard envelope.isDefinite else {
                return unknown("The API answered \(status), but with a failure inside: \(said(envelope)).")
            }
            return refused(sentence(envelope.refusalCode ?? status, envelope))
        }
        if let flaw = envelope.flaw ?? spec.reply.flaw(of: envelope.data, cluster: cluster.id) {
            return unknown("The API answered \(status), but not in its documented form: \(flaw) (\(said(envelope))).")
        }
        return accepted(envelope)
    }

    private func refusal(_ status: Int, _ body: [UInt8]) -> CallOutcome {
        guard let envelope = Envelope(body), envelope.isRefusal else {
            return unknown(
                "The API's server answered \(status) \(shown(body)), which is not how the API itself refuses."
            )
        }
        return refused(sentence(status, envelope))
    }

    private func tooManyRequests(_ response: CurlResponse) -> CallOutcome {
        guard let envelope = Envelope(response.body), envelope.isRefusalForNow,
            envelope.asksToWait || response.header("Retry-After") != nil
        else {
            return unknown("The API's server answered 429 (too many requests) \(shown(response.body)).")
        }
        return refused(sentence(429, envelope))
    }

    private func sentence(_ status: Int, _ envelope: Envelope) -> String {
        RefusalSentence(status: status, cluster: cluster.title, project: cluster.project).text(envelope.words(redactor))
    }

    private func accepted(_ envelope: Envelope) -> CallOutcome {
        let message = redactor.phrase(envelope.message ?? "")
        var sentence = "The API accepted it"
        if !message.isEmpty { sentence += ": \(message)" }
        if let report = report(envelope.data ?? .null) { sentence += " (\(report))" }
        return .accepted(redactor.redacted(sentence + "."))
    }

    /// The report that the data adds to the message.
    private func report(_ data: JSONValue) -> String? {
        switch spec.reply {
        case .cluster:
            let seen = ClusterReading(cluster: data, redactor: redactor)
            let nodes = seen.nodes.map { $0 == 1 ? "1 node" : "\($0) nodes" }
            let parts = [nodes, seen.status.map { "status \($0)" }].compactMap(\.self)
            return parts.isEmpty ? nil : "it reports \(parts.joined(separator: ", "))"
        case .reservedIP:
            return data["ip_address"]?.string.map { "address \(redactor.excerpt(of: $0, limit: 64))" }
        case .emptyObject: return nil
        case .text:
            let text = redactor.phrase(data.string ?? "")
            return text.isEmpty ? nil : text
        }
    }

    private func refused(_ sentence: String) -> CallOutcome { .refused(redactor.redacted(sentence)) }

    private func unknown(_ sentence: String) -> CallOutcome {
        .unknown(redactor.redacted("\(sentence) The request may or may not have been carried out."))
    }

    private func said(_ envelope: Envelope) -> String {
        let words = envelope.words(redactor)
        return words.isEmpty ? "it gives no reason" : words
    }

    private func shown(_ body: [UInt8]) -> String { BodyDescription(redactor: redactor).text(body) }
}
