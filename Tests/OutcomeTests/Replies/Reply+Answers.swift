import TestSupport
import Testing

/// Whole replies: what counts is what they prove.
extension Reply {
    static let answers = [
        Group("successes", successes), Group("failures inside a success", failuresInside2xx),
        Group("successes that cannot be read", unreadableSuccesses), Group("refusals", refusals),
        Group("other statuses", otherStatuses),
    ]

    struct Group: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let replies: [Reply]

        init(_ name: String, _ replies: [Reply]) {
            testDescription = name
            self.replies = replies
        }
    }

    private static let successes = [
        Reply("200 OK", "with the cluster", .accepted, HTTP.done),
        Reply("202 Accepted", "with the cluster", .accepted, HTTP.done),
        Reply("200 OK", "with the reserved IP", .accepted, command: "ip attach {cluster}") {
            HTTP.envelope(#"{"id":\#($0),"ip_address":"203.0.113.9"}"#)
        },
        Reply("200 OK", "with an empty object", .accepted, command: "ip detach {cluster}") { _ in HTTP.envelope("{}") },
        Reply("200 OK", "with a sentence", .accepted, command: "sg add 3") { _ in
            HTTP.envelope(#""Security groups attached.""#)
        },
        Reply("200 after two interim replies", .accepted) {
            [
                .send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
                .send(HTTP.reply("200 OK", HTTP.done($0))),
            ]
        },
        Reply("200 in chunks", .accepted) { cluster in
            let body = HTTP.done(cluster)
            let size = String(body.utf8.count, radix: 16)
            return [
                .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r\n"),
                .send("\(body)\r\n0\r\n\r\n"),
            ]
        },
        Reply("200 up to the end of the connection", .accepted) { [.send("HTTP/1.0 200 OK\r\n\r\n\(HTTP.done($0))")] },
        Reply("200 compressed, though nobody asked for it", .accepted) { compressed(Gzip.file(of: HTTP.done($0))) },
        Reply("200 and a second reply behind it", .accepted) {
            [.send(HTTP.reply("200 OK", HTTP.done($0)) + HTTP.reply("500 Internal Server Error", ""))]
        },
    ]

    private static let failuresInside2xx = [
        Reply("200 OK", "with code 400 inside", .refused) { _ in
            #"{"code":400,"data":{},"errors":{"additional_nodes":["Too many."]},"message":"Bad Request"}"#
        },
        Reply("200 OK", "with errors inside", .refused) {
            #"{"code":200,"data":{"id":\#($0)},"errors":"Quota used up","message":"Success"}"#
        },
        Reply("200 OK", "with code 500 inside", .unknown) { _ in HTTP.envelope("{}", code: 500, message: "Oops") },
        Reply("200 OK", "with code 429 inside", .unknown) { _ in HTTP.envelope("{}", code: 429, message: "Later") },
    ]

    private static let unreadableSuccesses = [
        Reply("200 OK", "with an empty body", .unknown) { _ in "" },
        Reply("204 No Content", "", .unknown) { _ in "" },
        Reply("200 OK", "with a list", .unknown) { _ in "[1]" },
        Reply("200 OK", "with a page", .unknown, headers: ["Content-Type: text/html"]) { _ in page },
        Reply("200 OK", "with half the text", .unknown) { String(HTTP.done($0).dropLast(9)) },
        Reply("200 OK", "without the envelope", .unknown) { #"{"id":\#($0),"no_of_nodes":12}"# },
        Reply("200 OK", "with another cluster", .unknown) { HTTP.done($0 + 1) },
        Reply("200 OK", "with the data of another action", .unknown) { _ in HTTP.envelope(#""done""#) },
        Reply("200 OK", "with NUL bytes", .unknown) { HTTP.done($0).replacing(",", with: ",\0") },
        Reply("200 OK", "nested deeply", .unknown) { _ in HTTP.envelope(String(repeating: "[", count: 200_000)) },
        Reply("200 OK", "of two megabytes", .unknown) {
            HTTP.envelope(#"{"id":\#($0)}"#, message: String(repeating: "x", count: 2_000_000))
        },
        Reply("200 whose compression is broken", .unknown) {
            compressed(Gzip.file(of: HTTP.done($0)).map { $0 == UInt8(ascii: "{") ? 0 : $0 })
        },
        Reply("200 with a NUL in a header", .unknown) {
            [.send(HTTP.reply("200 OK", HTTP.done($0), headers: ["X-Request: a\0b"]))]
        },
    ]

    private static let refusals =
        [
            "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "409 Conflict",
            "412 Precondition Failed", "422 Unprocessable Entity",
        ].flatMap { status in
            [
                Reply(status, "in the API's form", .refused, headers: challenge) { _ in
                    HTTP.envelope("{}", code: Int(status.prefix(3)) ?? 0, message: "No.")
                },
                Reply(status, "with a page", .unknown, headers: challenge) { _ in page },
            ]
        } + [
            Reply("429 Too Many Requests", "that says when", .refused, headers: ["Retry-After: 0"]) { _ in
                #"{"detail":"Request was throttled."}"#
            },
            Reply("429 Too Many Requests", "with a page", .unknown, headers: ["Retry-After: 0"]) { _ in page },
        ]

    /// Invitations to send it again, and failures of which nobody knows what they came after.
    private static let otherStatuses = [
        "301 Moved Permanently", "302 Found", "303 See Other", "304 Not Modified", "307 Temporary Redirect",
        "308 Permanent Redirect", "405 Method Not Allowed", "407 Proxy Authentication Required", "408 Request Timeout",
        "413 Content Too Large", "417 Expectation Failed", "421 Misdirected Request", "425 Too Early",
        "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout",
    ].map { status in
        Reply(status, "", .unknown, headers: challenge + ["Location: /again", "Retry-After: 0"]) { cluster in
            // A success inside does not make it one.
            status.hasPrefix("304") ? "" : HTTP.done(cluster)
        }
    }

    private static let challenge = [
        #"WWW-Authenticate: Basic realm="x""#, #"WWW-Authenticate: Digest realm="x", nonce="y""#,
        "WWW-Authenticate: NTLM",
    ]
    private static let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"

    private static func compressed(_ bytes: [UInt8]) -> [ScriptedServer.Step] {
        [
            .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bytes.count)\r\n\r\n"),
            .sendBytes(bytes),
        ]
    }
}
