import ChatKit
import NIOCore
import NIOHTTP1

/// An answer to a platform's request.
struct WebhookReply: Sendable {
    let status: HTTPResponseStatus
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
}
