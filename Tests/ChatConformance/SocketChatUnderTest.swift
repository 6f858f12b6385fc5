import BotCore
import ChatKit

/// A platform that comes by the service's socket, as the conformance suite plays with it. Who somebody is the kernel says,
/// so nothing in a request can.
package protocol SocketChatUnderTest: Sendable {
    /// Configured so that everything works that the platform can do.
    var settings: any ChatSettings { get }
    /// Who types and clicks.
    var account: Account { get }
    /// The channel to which it belongs.
    var channel: Channel { get }
    /// Requests that are none.
    var malformed: [JSONValue] { get }

    /// A typed command. A request with the same key is the same delivery.
    func command(_ text: String, key: String) -> JSONValue

    /// A click on a button; nil where the platform has none of this kind.
    func click(_ kind: Message.Button.Kind, value: String, key: String) -> JSONValue?
}
