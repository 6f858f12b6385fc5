import BotCore
import TestSupport

/// One change on a cluster of its own: what is typed, what the API does, what it replies, and what the change must be
/// taken for at first and in the end.
struct Scenario: Sendable, CustomStringConvertible {
    let cluster: Int
    let command: String
    let effect: Effect
    let reply: Reply
    let first: Verdict
    let final: Verdict

    var description: String { "\(command), \(reply.name), \(effect)" }
    /// Whether it was taken for failed, and looks showed otherwise.
    var isCorrected: Bool { final == .readAsNotDone && effect.isSeenLate }
    /// Everything is said in a room of its own, so that no message waits for another.
    var channel: Channel { Channel(platform: "chat", workspace: "T1", id: "C\(cluster)") }

    /// - Parameters:
    ///   - command: where it is not the reply's; `{cluster}` stands for the cluster's number.
    ///   - final: what it comes to where the reply leaves that open; nil: what reading shows.
    init(_ reply: Reply, _ effect: Effect, cluster: Int, command: String? = nil, final: Verdict? = nil) {
        self.cluster = cluster
        self.command = (command ?? reply.command).replacing("{cluster}", with: String(cluster))
        self.effect = effect
        self.reply = reply
        first = reply.verdict
        let read: Verdict = effect.isRead ? .readAsDone : .readAsNotDone
        self.final = reply.verdict == .unknown ? final ?? read : reply.verdict
    }
}

/// What the API's server does after it has received the request, and what that proves.
struct Reply: Sendable {
    let name: String
    let verdict: Verdict
    let command: String
    let steps: @Sendable (_ cluster: Int) -> [ScriptedServer.Step]

    /// - Parameter command: whose documented reply it is.
    init(
        _ name: String,
        _ verdict: Verdict,
        command: String = "scale 4",
        _ steps: @escaping @Sendable (_ cluster: Int) -> [ScriptedServer.Step]
    ) {
        self.name = name
        self.verdict = verdict
        self.command = command
        self.steps = steps
    }

    /// A whole reply.
    init(
        _ status: String,
        _ what: String,
        _ verdict: Verdict,
        command: String = "scale 4",
        headers: [String] = [],
        _ body: @escaping @Sendable (_ cluster: Int) -> String
    ) {
        self.init("\(status) \(what)", verdict, command: command) {
            [.send(HTTP.reply(status, body($0), headers: headers))]
        }
    }
}

/// Replies as bytes.
enum HTTP {
    static func reply(_ status: String, _ body: String, headers: [String] = []) -> String {
        let lines = ["HTTP/1.1 \(status)", "Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
        return (lines + headers).joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    /// In the API's documented form.
    static func envelope(_ data: String, code: Int = 200, message: String = "Success") -> String {
        #"{"code":\#(code),"data":\#(data),"errors":{},"message":"\#(message)"}"#
    }

    /// The API's documented reply to an action about the whole cluster.
    static func done(_ cluster: Int) -> String { envelope(#"{"id":\#(cluster),"no_of_nodes":12,"status":"Running"}"#) }
}
