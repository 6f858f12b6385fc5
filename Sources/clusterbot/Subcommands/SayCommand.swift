import ArgumentParser
import BotConfiguration
import BotCore
import ChatKit
import CurlHTTP

struct SayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "say",
        abstract: "Say a command as in chat, from a terminal of the service's machine, and wait for its end.",
        discussion: """
            Examples:   clusterbot say 42 scale 4
                        clusterbot say help
                        clusterbot say '42 restart workers --reason "stuck since noon"'

            You act as the person who lists the account os:HOST/UID of your user on this machine, under the same rights \
            and rules as in chat. A change belongs to the channel `server.socket.channel`: its card is posted and decided \
            there. Where you have to confirm, you are asked here; where others have to approve, this waits for them. \
            Ctrl-C ends only the waiting.

            Exit code 0: done, answered, or taken on with --no-wait; 1: refused, denied, expired, withdrawn, failed, or not \
            understood; 2: the outcome is unknown; 3: no service answers, and nothing was stored; 130: Ctrl-C, and the \
            change goes on.
            """
    )

    /// More than any platform takes.
    private static let longestText = 8000

    @OptionGroup var options: ConfigurationOption
    @Flag(name: .customLong("no-wait"), help: "End as soon as the change is taken on.") var noWait = false
    @Flag(help: "Print one object {answer, change, state, text} at the end, and everything else on standard error.")
    var json = false
    @Argument(help: ArgumentHelp("The command, as after /cluster; in quotes if it has options.", valueName: "TEXT"))
    var text: [String]

    func run() async throws {
        let line = text.joined(separator: " ")
        guard line.utf8.count <= Self.longestText else {
            throw UsageProblem(
                "The command is longer than \(Self.longestText) bytes. Nothing was done. Say it shorter."
            )
        }
        let configuration = try options.find()
        guard configuration.server.socket.channel != nil else {
            throw UsageProblem(
                "Nothing can be said here: the configuration does not say to which channel changes from the terminal "
                    + "belong. Set `server.socket.channel`."
            )
        }
        try ProcessSetup.prepare()
        let transport = try CurlTransport()
        let talk = SayTalk(
            client: SayClient(configuration: configuration, transport: transport),
            output: SayOutput(isJSON: json)
        )
        let end = await talk.run(line, waits: !noWait)
        await transport.shutdown()
        if end != .done { throw ExitCode(end.rawValue) }
    }
}
