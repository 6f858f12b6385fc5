/// Brings in what people type and click on a platform that sends no webhooks: a socket, a sync.
package protocol ChatSource: Sendable {
    /// Hands everything in, until it is cancelled. A connection that breaks is made anew here: whatever is thrown ends the
    /// service.
    func run(into intake: any ChatIntake) async throws
}
