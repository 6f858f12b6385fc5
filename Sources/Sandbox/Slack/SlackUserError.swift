/// Something a person cannot do in Slack's own user interface, so that no request to the app comes of it.
package enum SlackUserError: Error, CustomStringConvertible, Equatable {
    case noSuchPerson(String)
    case noSuchChannel(String)
    case notInChannel(String)
    case channelIsArchived(String)
    case emptyText
    case noSuchMessage(String)
    case noSuchButton(String)

    package var description: String {
        switch self {
        case .noSuchPerson(let id): "There is nobody with the id \(id) here."
        case .noSuchChannel(let id): "There is no channel \(id)."
        case .notInChannel(let id): "That person is not in the channel \(id)."
        case .channelIsArchived(let id): "The channel \(id) is archived."
        case .emptyText: "There is nothing to send."
        case .noSuchMessage(let ts): "There is no message \(ts) that this person can see."
        case .noSuchButton(let id): "The message has no button \(id) (any more)."
        }
    }
}
