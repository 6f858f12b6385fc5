import BotCore
import ChatConformance
import CurlHTTP
import Testing

@testable import SlackChat

/// A workspace without a token: everything goes through the command's `response_url`.
@Suite struct SlackReplyTests {
    private typealias Fixture = PosterFixture
    private static let fine = PlayedTransport.Step.reply(200, "ok")

    @Test func withoutATokenAPostIsAReplyForAll() async throws {
        let fixture = Fixture([Self.fine, Self.fine], token: nil)
        let id = try await fixture.poster.post(Message("hi"), to: Fixture.address)
        #expect(id == "response_url")
        try await fixture.poster.update(Message("done"), id: id, at: Fixture.address)
        #expect(fixture.transport.requests.map(\.url) == [Fixture.handle, Fixture.handle])
        for (body, text) in zip(fixture.transport.bodies, ["hi", "done"]) {
            #expect(body["response_type"]?.string == "in_channel")
            #expect(body["replace_original"]?.bool == false)
            #expect(body["text"]?.string == text)
        }
        #expect(fixture.transport.requests.allSatisfy { $0.sending == .single && $0.header("Authorization") == nil })
    }

    @Test func whatBeganAsAReplyGoesOnAsReplies() async throws {
        let fixture = Fixture([Self.fine])
        try await fixture.poster.update(Message("done"), id: "response_url", at: Fixture.address)
        #expect(fixture.transport.requests.map(\.url) == [Fixture.handle])
    }

    @Test func withoutATokenAndAReplyAddressThereIsNoWay() async {
        let fixture = Fixture([], token: nil)
        let problem = await Fixture.problem(posting: fixture.poster)
        #expect(problem?.name == "cannotPostHere")
        #expect(problem?.text?.contains("bot_token") == true)
        let told = await Fixture.problem { () async throws(ChatProblem) in
            try await fixture.poster.tell(Fixture.amy, Message("hi"), at: Fixture.bare)
        }
        #expect(told?.name == "cannotPostHere")
    }

    @Test func fiveUsesAreAllAndEachAddressHasItsOwn() async throws {
        let fixture = Fixture(Array(repeating: Self.fine, count: 20), token: nil)
        for _ in 1...5 { _ = try await fixture.poster.post(Message("hi"), to: Fixture.address) }
        #expect(await Fixture.problem(posting: fixture.poster, at: Fixture.address)?.name == "permanent")
        #expect(fixture.transport.requests.count == 5)
        let other = PostAddress(channel: Fixture.channel, replyHandle: Fixture.handle + "2")
        _ = try await fixture.poster.post(Message("hi"), to: other)
        #expect(fixture.transport.requests.count == 6)
    }

    @Test func afterHalfAnHourAnAddressIsUsedUp() async throws {
        let fixture = Fixture(Array(repeating: Self.fine, count: 9), token: nil)
        _ = try await fixture.poster.post(Message("hi"), to: Fixture.address)
        fixture.clock.advance(.seconds(1800))
        _ = try await fixture.poster.post(Message("hi"), to: Fixture.address)
        fixture.clock.advance(.seconds(1))
        #expect(await Fixture.problem(posting: fixture.poster, at: Fixture.address)?.name == "permanent")
        #expect(fixture.transport.requests.count == 2)
    }

    @Test func onlyWhatNeverLeftIsNoUse() async throws {
        let unsent = PlayedTransport.Step.fail(TransportError(code: .dns, delivery: .notSent))
        let lost = PlayedTransport.Step.fail(TransportError(code: .timeout, delivery: .unknown))
        let steps = Array(repeating: unsent, count: 7) + Array(repeating: lost, count: 5)
        let fixture = Fixture(steps, token: nil)
        for _ in 1...12 {
            #expect(await Fixture.problem(posting: fixture.poster, at: Fixture.address)?.name == "transient")
        }
        #expect(await Fixture.problem(posting: fixture.poster, at: Fixture.address)?.name == "permanent")
    }

    @Test(arguments: [
        (404, "used_url", "permanent"), (404, "expired_url", "permanent"), (410, "", "permanent"),
        (404, #"{"ok":false,"error":"used_url"}"#, "permanent"),
        (200, #"{"ok":false,"error":"expired_url"}"#, "permanent"),
        (400, "invalid_payload", "permanent"), (302, "", "permanent"), (500, "", "transient"), (429, "", "rateLimited"),
        (403, #"{"ok":false,"error":"channel_is_archived"}"#, "permanent"),
        (200, #"{"ok":false,"error":"is_archived"}"#, "cannotPostHere"),
    ])
    func slacksRefusalsAreUnderstood(status: Int, body: String, name: String) async {
        let fixture = Fixture([.reply(status, body)], token: nil)
        #expect(await Fixture.problem(posting: fixture.poster, at: Fixture.address)?.name == name)
    }

    @Test func anAddressThatIsNotAllowedAnyMoreIsNotUsed() async {
        let fixture = Fixture([Self.fine], token: nil) { $0.responseHosts = ["other.example"] }
        #expect(await Fixture.problem(posting: fixture.poster, at: Fixture.address)?.name == "permanent")
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test func onlyALoopbackReplyAddressMayBePlain() async throws {
        let fixture = Fixture([Self.fine, Self.fine], token: nil) {
            $0.responseHosts = ["127.0.0.1:8090", "hooks.slack.com"]
        }
        let local = PostAddress(channel: Fixture.channel, replyHandle: "http://127.0.0.1:8090/reply/1")
        _ = try await fixture.poster.post(Message("hi"), to: local)
        _ = try await fixture.poster.post(Message("hi"), to: Fixture.address)
        #expect(fixture.transport.requests.map(\.allowsPlainHTTP) == [true, false])
        #expect(fixture.transport.requests.map(\.allowsPrivateAddress) == [true, false])
    }
}
