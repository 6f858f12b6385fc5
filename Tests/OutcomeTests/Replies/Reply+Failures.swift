import TestSupport

/// Replies that never become whole. Whatever was seen of them, nobody knows what came of the request.
extension Reply {
    /// They end by themselves.
    static let cut =
        [true, false].flatMap { byReset in
            let end: ScriptedServer.Step = byReset ? .reset : .close
            let how = byReset ? "reset" : "closed"
            return [
                // A kept connection that dies so makes libcurl send again, were it not told otherwise.
                Reply("\(how) before the reply", .unknown) { _ in [end] },
                Reply("\(how) amid the status line", .unknown) { _ in [.send("HTTP/1.1 20"), end] },
                Reply("\(how) amid the headers", .unknown) { _ in [.send("HTTP/1.1 200 OK\r\nContent-Le"), end] },
                Reply("\(how) amid the body", .unknown) { cluster in
                    [.send(String(HTTP.reply("200 OK", HTTP.done(cluster)).dropLast(5))), end]
                },
                Reply("\(how) after an interim reply", .unknown) { _ in [.send("HTTP/1.1 100 Continue\r\n\r\n"), end] },
                Reply("\(how) amid the chunks", .unknown) { cluster in
                    let body = HTTP.done(cluster)
                    let size = String(body.utf8.count, radix: 16)
                    return [
                        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r\n\(body)\r\n"), end,
                    ]
                },
            ]
        } + [
            Reply("endless body", .unknown) { _ in
                [
                    .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                    .forever([.send("1000\r\n" + String(repeating: "x", count: 0x1000) + "\r\n")]),
                ]
            },
            Reply("flood of headers", .unknown) { _ in
                [.send("HTTP/1.1 200 OK\r\n"), .forever([.send("X-A: b\r\n")])]
            },
            Reply("endless header", .unknown) { _ in
                [.send("HTTP/1.1 200 OK\r\nX-A: "), .forever([.send(String(repeating: "b", count: 10_000))])]
            },
            Reply("flood of interim replies", .unknown) { _ in [.forever([.send("HTTP/1.1 100 Continue\r\n\r\n")])] },
            Reply("another protocol", .unknown) { _ in [.send("SSH-2.0-OpenSSH_9.2\r\n")] },
            Reply("body without a head", .unknown) { [.send(HTTP.done($0))] },
            Reply("change to another protocol", .unknown) { _ in
                [.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")]
            },
        ]

    /// They end with the time that a call may take.
    static let slow = [
        Reply("nothing", .unknown) { _ in [.hold] },
        Reply("nothing after the headers", .unknown) { _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n"), .hold]
        },
        Reply("nothing after an interim reply", .unknown) { _ in [.send("HTTP/1.1 103 Early Hints\r\n\r\n"), .hold] },
        Reply("nothing after all but one byte", .unknown) { cluster in
            [.send(String(HTTP.reply("200 OK", HTTP.done(cluster)).dropLast())), .hold]
        },
        Reply("one byte a second", .unknown) { [.drip(HTTP.reply("200 OK", HTTP.done($0)), every: .seconds(1))] },
    ]
}
