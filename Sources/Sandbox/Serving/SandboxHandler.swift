/// A simulated server's inside.
protocol SandboxHandler: Sendable {
    /// Decides when the head of a request is there, before its body is read. False closes the connection at once.
    func admits(_ head: SandboxRequest) async -> Bool
    /// The reply to a whole request. It also runs to its end when the client has gone meanwhile.
    func reply(to request: SandboxRequest) async -> SandboxReply
}
