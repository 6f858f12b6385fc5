import Glibc
import Hummingbird
import Logging

/// A bare Hummingbird route: reads the body and answers, as fast as the server itself can. No middleware, no signature, no
/// storage. What clusterbot is measured against. The answer is its argument.
@main
struct BareHummingbird {
    static func main() async throws {
        let answer = ByteBuffer(string: CommandLine.arguments.dropFirst().joined(separator: " "))
        let router = Router()
        router.post("/slack/commands") { request, _ in
            _ = try await request.body.collect(upTo: 64 * 1024)
            return Response(
                status: .ok,
                headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: answer)
            )
        }
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            onServerRunning: { channel in
                let line = "listening on \(channel.localAddress?.port ?? 0)\n"
                _ = write(STDOUT_FILENO, line, line.utf8.count)
            },
            logger: Logger(label: "bare") { _ in SwiftLogNoOpLogHandler() }
        )
        try await application.runService()
    }
}
