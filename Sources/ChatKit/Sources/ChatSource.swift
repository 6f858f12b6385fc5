/// Brings in what people type and click on a platform without webhooks, for example over a socket.
package protocol ChatSource: Sendable {
    /// Hands everything in until it is cancelled. It makes a broken connection anew itself: an error that it throws
    /// ends the service.
    func run(into intake: any ChatIntake) async throws
}
