import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BotServer

@Suite struct WebhookConnectionTests {
    @Test(arguments: ["a\r\nset-cookie: b=c", "a\nb", "a\0b"])
    func aHeaderWithALineBreakIsNotWritten(value: String) throws {
        let webhook = Webhook(
            answer: { _, _, respond in respond(WebhookReply(status: .ok, headers: [("content-type", value)])) },
            refuseTooLarge: { _ in WebhookReply(status: .payloadTooLarge) }
        )
        let connection = try EmbeddedConnection(["/hook": webhook])
        try connection.send("POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n")
        #expect(throws: HTTPParserError.invalidHeaderToken) { try connection.channel.throwIfErrorCaught() }
        #expect(try connection.written() == "")
    }
}
