import ArgumentParser
import BotServer
import Foundation
import Logging
import ServiceLifecycle

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Everything on this machine: a simulated cluster API, a simulated Slack workspace, the real bot between them.",
        discussion: """
            Without --play it serves a page in the browser, where you can be several people in turn. Stop it with Ctrl-C.
            With --play it plays a scripted conversation in the terminal and exits 0 only if every step came out as it should.
            Nothing leaves this machine.
            """
    )

    @Option(help: "The port of the page (default: 8080; 0: any free one).") var port: Int?
    @Flag(help: "Play a conversation in the terminal instead of serving the page.") var play = false
    @Argument(help: ArgumentHelp("With --play: a script of your own.", valueName: "FILE")) var script: String?
    @Option(help: ArgumentHelp("Keep the configuration and the store in this folder.", valueName: "DIR")) var keep:
        String?
    @Flag(help: "Show the bot's own log too.") var verbose = false

    private static let usualPort = 8080

    func validate() throws {
        try SandboxCommand.check(port: port)
        if script != nil, !play {
            throw ValidationError("A script is played with --play: clusterbot demo --play \(script ?? "")")
        }
    }

    func run() async throws {
        try ProcessSetup.prepare()
        let level: Logger.Level = verbose ? .debug : .critical
        LoggingSystem.bootstrap { TextLogHandler(label: $0, logLevel: level) }
        let steps = try play ? PlayScript(script.map(Self.text) ?? PlayScript.standard) : nil
        let folder = try DemoFolder(keep: keep)
        defer { folder.remove() }
        let world = try DemoWorld(
            port: port ?? (play ? 0 : Self.usualPort),
            folder: folder.path,
            logger: Logger(label: "demo")
        )
        do {
            try await world.run { page in
                if let steps {
                    try await Player(slack: world.slack, cloud: world.cloud, clock: world.clock).play(steps)
                    StandardOutput.write("\nEvery step came out as it should.")
                } else {
                    StandardOutput.write("Open \(page)/ in a browser. Ctrl-C ends the demo.")
                    try await gracefulShutdown()
                }
            }
        } catch let failure as PlayFailure {
            StandardError.write("\(failure)")
            throw ExitCode(1)
        } catch {
            throw ListenProblem(error, at: .hostname("127.0.0.1", port: port ?? Self.usualPort), setting: "--port")
                ?? error
        }
    }

    private static func text(of path: String) throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw UsageProblem("The script \(path) cannot be read.")
        }
        return text
    }
}
