import BotCore

/// Takes what users of the service's machine send by its socket (``ServiceSocket``).
package protocol SocketDoor: Sendable {
    /// The path to which requests are posted: `/say`.
    var path: String { get }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - asked: the request, as anybody who may connect can write it.
    ///   - account: the account of the user for whom the kernel vouches.
    func answer(_ asked: JSONValue, from account: Account) async -> SocketAnswer
}
