import ArgumentParser
import CurlHTTP
import Foundation

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask a running service whether it is ready; exit code 0 or 1. For container health checks."
    )

    @Argument(help: ArgumentHelp("Where its operations routes are.", valueName: "URL")) var url =
        "http://127.0.0.1:8080"

    /// Taken as by every command; the URL alone says which service is asked.
    @OptionGroup var options: ConfigurationOption

    /// Returns the address before the route, from what people paste.
    /// - Throws: ``UsageProblem`` for what is no URL, with the URL that was probably meant.
    static func base(_ url: String) throws -> String {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            let rest = url.contains("://") ? String(url.drop { $0 != ":" }.drop { ":/".contains($0) }) : url
            throw UsageProblem(
                "\(url) is no URL of a web server. Write http:// in front: clusterbot health http://\(rest)"
            )
        }
        return String(url.replacing(/\/+(readyz\/*)?$/, with: ""))
    }

    /// Returns what came in place of readiness, and what to change.
    private static func problem(_ status: Int, _ words: String, at base: String) -> UsageProblem {
        guard status == 503 else {
            return UsageProblem(
                "\(base)/readyz answers \(status), which says nothing about readiness. Name the address under "
                    + "`server.private_listen`, or else `server.listen`: the other one, or another program, is there."
            )
        }
        let reason = words.prefix { !$0.isNewline }.prefix(longestReason)
        return UsageProblem(
            "\(base) is not ready\(reason.isEmpty ? "" : ": \(reason)"). Where it stays so, look into the service's log."
        )
    }

    private static let longestReason = 300

    func run() async throws {
        let base = try Self.base(url)
        try ProcessSetup.prepare()
        let transport = try CurlTransport()
        let request = CurlRequest(
            url: "\(base)/readyz",
            sending: .repeatable,
            totalTimeout: .seconds(2),
            allowsPlainHTTP: true,
            allowsPrivateAddress: true
        )
        do {
            let response = try await transport.execute(request)
            await transport.shutdown()
            let words = String(decoding: response.body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard response.status == 200 else { throw Self.problem(response.status, words, at: base) }
            StandardOutput.write(words)
        } catch let error as TransportError {
            await transport.shutdown()
            throw UsageProblem(
                "\(base) does not answer: \(error) `server.private_listen`, or else `server.listen`, says where the "
                    + "service listens for this."
            )
        }
    }
}
