/// The guards against sending a `single` request twice. Either is enough with libcurl as it is; both are always used.
struct SingleSendGuards: OptionSet, Sendable {
    let rawValue: Int

    /// `FRESH_CONNECT`, `FORBID_REUSE` and HTTP/1.1: none of libcurl's reasons to send again can come up.
    static let ownConnection = SingleSendGuards(rawValue: 1)
    /// The callback that runs before each sending refuses the second one.
    static let countedSendings = SingleSendGuards(rawValue: 2)
    static let all: SingleSendGuards = [.ownConnection, .countedSendings]
}
