import Foundation
import Sandbox

/// Plays a script against the simulated workspace and prints the conversation. Throws ``PlayFailure`` at the first step
/// that fails.
struct Player: Sendable {
    let slack: SimulatedSlack
    let cloud: SimulatedCloud
    let clock: DemoClock

    /// The longest wait of a step: a bot that needs longer has failed the visitor.
    private static let patience = Duration.seconds(20)

    func play(_ script: PlayScript) async throws {
        var channel = "C0OPS"
        // A message that was there before the last action is not its result.
        var mark = 0
        var sent = 0
        for line in script.lines {
            if line.step.isAction { sent = await cloud.actions.count }
            switch line.step {
            case .says(let text): StandardOutput.write("\n— \(text)")
            case .letPass(let span, let words):
                mark = await slack.state.revision
                StandardOutput.write("— \(words)")
                clock.move(by: span)
            case .goTo(let name): channel = try await channelID(name, line)
            case .types(let person, let text):
                mark = await slack.state.revision
                StandardOutput.write("\(person)  \(text)")
                _ = try await slack.send(text, as: try await userID(person, line), in: channel)
            case .clicks(let person, let label):
                let user = try await userID(person, line)
                let (message, button) = try await button(label, in: channel, seenBy: user, line)
                mark = await slack.state.revision
                StandardOutput.write("\(person)  clicks [\(label)]")
                _ = try await slack.click(button.id, value: button.value, on: message.ts, in: channel, as: user)
            case .channelShows(let name, let text):
                let place = try await channelID(name, line)
                let message = try await appearance(of: text, line, since: name == "cluster-history" ? 0 : mark) {
                    state in
                    state.messages(in: place)
                }
                show(message, "#\(name)")
            case .apiReceives("nothing"):
                guard let first = await cloud.actions.dropFirst(sent).first else { continue }
                throw PlayFailure(line: line.number, description: "The API received \(Self.words(first)).")
            case .apiReceives(let text):
                let (text, before) = (text, sent)
                try? await cloud.waitUntil("“\(text)” is sent", within: Self.patience) { cloud in
                    cloud.actions.dropFirst(before).contains { Self.words($0).contains(text) }
                }
                let all = await cloud.actions.dropFirst(before).map(Self.words)
                guard let found = all.last(where: { $0.contains(text) }) else {
                    let instead = all.isEmpty ? "nothing" : all.joined(separator: ", ")
                    throw PlayFailure(line: line.number, description: "The API received \(instead), not “\(text)”.")
                }
                StandardOutput.write("    the cluster API\n    │ \(found)")
            case .personSees(let person, let text):
                let user = try await userID(person, line)
                let message = try await appearance(of: text, line, since: mark) { [channel] state in
                    state.ephemerals(for: user) + state.messages(in: channel)
                }
                show(message, message.visibleTo == nil ? "in the channel" : "only \(person) sees this")
            }
        }
    }

    /// The cluster's id and the body: `42 {"action":"restart_cluster"}`.
    private static func words(_ request: ReceivedRequest) -> String {
        "\(request.path.split(separator: "/").last ?? "") \(request.body)"
    }

    /// Returns the newest message with the text, once there is one.
    private func appearance(
        of text: String,
        _ line: PlayScript.Line,
        since mark: Int,
        _ candidates: @escaping @Sendable (SlackState) -> [SlackMessage]
    ) async throws -> SlackMessage {
        let fits: @Sendable (SlackMessage) -> Bool = { message in
            message.kind != .command && message.revision > mark && !message.isDeleted
                && Transcript.plain(message.readable).contains(text)
        }
        do {
            try await slack.waitUntil("“\(text)”", within: Self.patience) { candidates($0).contains(where: fits) }
        } catch {
            throw PlayFailure(
                line: line.number,
                description: "“\(text)” did not appear within \(Self.patience.components.seconds) s."
            )
        }
        guard let found = candidates(await slack.state).last(where: fits) else {
            throw PlayFailure(line: line.number, description: "“\(text)” appeared and vanished again.")
        }
        return found
    }

    private func button(
        _ label: String,
        in channel: String,
        seenBy user: String,
        _ line: PlayScript.Line
    ) async throws -> (SlackMessage, (id: String, value: String)) {
        let find: @Sendable (SlackState) -> (SlackMessage, (id: String, value: String))? = { state in
            for message in state.view(of: channel, for: user).reversed() {
                for button in message.buttons where button["text"]?["text"]?.string == label {
                    if let id = button["action_id"]?.string, let value = button["value"]?.string {
                        return (message, (id, value))
                    }
                }
            }
            return nil
        }
        try? await slack.waitUntil("a button \(label)", within: Self.patience) { find($0) != nil }
        guard let found = find(await slack.state) else {
            throw PlayFailure(line: line.number, description: "There is no button “\(label)” in this channel.")
        }
        return found
    }

    private func userID(_ name: String, _ line: PlayScript.Line) async throws -> String {
        guard let person = await slack.workspace.people.first(where: { $0.name == name }) else {
            throw PlayFailure(line: line.number, description: "There is nobody called \(name) in the workspace.")
        }
        return person.id
    }

    private func channelID(_ name: String, _ line: PlayScript.Line) async throws -> String {
        guard
            let channel = await slack.workspace.channels.first(where: {
                ($0.name == name || $0.id == name) && !$0.isDirect
            })
        else {
            throw PlayFailure(line: line.number, description: "There is no channel #\(name) in the workspace.")
        }
        return channel.id
    }

    private func show(_ message: SlackMessage, _ place: String) {
        let lines = Transcript.lines(message)
        StandardOutput.write("    clusterbot (\(place))")
        for line in lines { StandardOutput.write("    │ \(line)") }
    }
}

extension PlayScript.Step {
    /// Whether somebody does something by it, so that what comes of it begins there.
    fileprivate var isAction: Bool {
        switch self {
        case .types, .clicks, .letPass: true
        case .channelShows, .personSees, .apiReceives, .goTo, .says: false
        }
    }
}
