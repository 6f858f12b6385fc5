import BotCore
import ChatKit
import CurlHTTP

/// A platform as the conformance suite plays with it: one person in one channel, and a platform that answers as it is told to.
package protocol ChatUnderTest: Sendable {
    /// Configured so that everything works that the platform can do.
    var settings: any ChatSettings { get }
    /// Credentials and addresses, none of which may be seen in a problem.
    var secrets: [String] { get }
    /// Who types and clicks.
    var account: Account { get }
    /// Where.
    var channel: Channel { get }

    /// A typed command as the platform delivers it at ``ChatConformance/now``.
    ///
    /// - Parameter text: behind the platform's command word.
    func command(_ text: String, _ variation: DeliveryVariation) -> PlayedDelivery

    /// A click on a button of the bot's, likewise.
    func click(_ kind: Message.Button.Kind, value: String, _ variation: DeliveryVariation) -> PlayedDelivery

    /// What the platform answers to a call.
    func reply(_ reply: PlayedReply) -> PlayedTransport.Step

    /// How the link to a message begins that was posted in ``channel``; nil where the platform has no links.
    var linkStart: String? { get }

    /// What readers would see of a call that says something; nil for every other call.
    func shown(by request: CurlRequest) -> ShownMessage?

    /// The end of the history that a call that posts something carries beside its text; nil if it carries none.
    func head(carriedBy request: CurlRequest) -> ToldHead?

    /// What the platform answers, call by call, when the channel is read back and these posts stand there, oldest first.
    func reading(_ posts: [PlayedPost]) -> [PlayedTransport.Step]

    /// The same where something is in the way.
    func reading(with obstacle: ReadingObstacle) -> [PlayedTransport.Step]
}

/// A platform whose channels cannot be read back.
extension ChatUnderTest {
    package func head(carriedBy request: CurlRequest) -> ToldHead? { nil }
    package func reading(_ posts: [PlayedPost]) -> [PlayedTransport.Step] { [] }
    package func reading(with obstacle: ReadingObstacle) -> [PlayedTransport.Step] { [] }
}
