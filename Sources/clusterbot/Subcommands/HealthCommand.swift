import ArgumentParser
import CurlHTTP

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask a running service whether it is ready; exit code 0 or 1. For container health checks."
    )

    @Argument(help: ArgumentHelp("Where its operations routes are.", valueName: "URL")) var url =
        "http://127.0.0.1:8080"

    func run() async throws {
        try ProcessSetup.prepare()
        let transport = try CurlTransport()
        let request = CurlRequest(
            url: "\(url)/readyz",
            sending: .repeatable,
            totalTimeout: .seconds(2),
            allowsPlainHTTP: true,
            allowsPrivateAddress: true
        )
        do {
            let response = try await transport.execute(request)
            await transport.shutdown()
            StandardOutput.write(String(decoding: response.body, as: UTF8.self))
            guard response.status == 200 else { throw ExitCode(1) }
        } catch let error as TransportError {
            await transport.shutdown()
            StandardError.write("\(error)")
            throw ExitCode(1)
        }
    }
}
