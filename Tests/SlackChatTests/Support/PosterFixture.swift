import BotCore
import ChatConformance
import CurlHTTP
import Testing

@testable import SlackChat

/// A poster, what it is answered, and what it sent.
struct PosterFixture {
    static let token = "xoxb-canary-token"
    static let handle = "https://hooks.slack.com/commands/T0001/1/canary-handle"

    let transport: PlayedTransport
    let clock = SetClock(SignedSlack.now)
    let poster: SlackPoster

    init(
        _ steps: [PlayedTransport.Step],
        token: String? = PosterFixture.token,
        change: (inout SlackSettings) -> Void = { _ in }
    ) {
        transport = PlayedTransport(steps)
        var settings = SlackSettings(
            appID: "A0001",
            workspaces: ["T0001": token.map { Secret($0) }],
            signingSecrets: [Secret("s")]
        )
        change(&settings)
        poster = SlackPoster(settings: settings, transport: transport, clock: clock)
    }

    static let channel = Channel(platform: "slack", workspace: "T0001", id: "C0OPS")
    static let address = PostAddress(channel: channel, replyHandle: handle)
    static let bare = PostAddress(channel: channel)
    static let amy = Account(platform: "slack", workspace: "T0001", user: "U0AMY")

    /// The problem of a call that has to have one.
    static func problem(_ call: () async throws(ChatProblem) -> Void) async -> ChatProblem? {
        do throws(ChatProblem) {
            try await call()
            Issue.record("nothing went wrong")
            return nil
        } catch {
            return error
        }
    }

    static func problem(posting poster: SlackPoster, at address: PostAddress = bare) async -> ChatProblem? {
        await problem { () async throws(ChatProblem) in _ = try await poster.post(Message("hi"), to: address) }
    }
}

extension ChatProblem {
    /// Its text, if it has one.
    var text: String? {
        switch self {
        case .cannotPostHere(let text), .transient(let text), .permanent(let text), .layoutRefused(let text): text
        case .rateLimited, .messageGone: nil
        }
    }

    /// Its case without what it holds.
    var name: String { String("\(self)".prefix { $0 != "(" }) }
}
