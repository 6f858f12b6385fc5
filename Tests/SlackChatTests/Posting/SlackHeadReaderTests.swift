import BotCore
import ChatConformance
import CurlHTTP
import Testing

@testable import SlackChat

/// How the heads in a channel are read back; who counts is the conformance suite's.
@Suite struct SlackHeadReaderTests {
    private static func told(_ seq: Int) -> ToldHead {
        ToldHead(
            store: String(repeating: "a", count: 32),
            head: HistoryHead(seq: seq, hash: String(repeating: "b", count: 64))
        )
    }

    private static func post(_ seq: Int, ts: String) -> JSONValue {
        SlackHistory.message(PlayedPost(.bot, told(seq)), ts: ts)
    }

    private static func read(
        _ steps: [PlayedTransport.Step],
        after place: String? = nil
    ) async -> (Result<ReadBack, ReadBackProblem>, [String]) {
        let fixture = PosterFixture(steps)
        let answer: Result<ReadBack, ReadBackProblem>
        do throws(ReadBackProblem) {
            answer = .success(
                try await SlackHeadReader(poster: fixture.poster).heads(
                    in: PosterFixture.channel,
                    after: place,
                    since: Timestamp(seconds: 1_700_000_000)
                )
            )
        } catch {
            answer = .failure(error)
        }
        return (answer, fixture.transport.requests.map { String(decoding: $0.body ?? [], as: UTF8.self) })
    }

    @Test func allPagesAreReadWhateverTheirOrder() async throws {
        let (answer, bodies) = await Self.read([
            SlackHistory.authTest,
            SlackHistory.page(
                [Self.post(2, ts: "1800000002.000100"), Self.post(1, ts: "1800000001.000100")],
                cursor: "c="
            ),
            SlackHistory.page([Self.post(4, ts: "1800000010.000000"), Self.post(3, ts: "1800000009.999999")]),
        ])
        #expect(try answer.get().heads.map(\.head.seq) == [1, 2, 3, 4])
        #expect(try answer.get().place == "1800000010.000000")
        let usual = "channel=C0OPS&include_all_metadata=true&limit=500&oldest=1700000000.000000"
        #expect(bodies.dropFirst() == [usual[...].description, "channel=C0OPS&cursor=c%3D&" + usual.dropFirst(14)])
    }

    @Test func goesOnWhereItWas() async throws {
        let (answer, bodies) = await Self.read(
            [SlackHistory.authTest, SlackHistory.page([])],
            after: "1800000001.000100"
        )
        #expect(try answer.get() == ReadBack(heads: [], place: "1800000001.000100"))
        #expect(bodies.last?.contains("oldest=1800000001.000100") == true)
    }

    /// What others wrote may be overtaken by a post that is on its way.
    @Test func othersDoNotMoveThePlace() async throws {
        let person = SlackHistory.message(PlayedPost(.person, Self.told(9)), ts: "1800000007.000000")
        let (alone, _) = await Self.read([SlackHistory.authTest, SlackHistory.page([person])])
        #expect(try alone.get() == ReadBack(heads: [], place: nil))
        let own = Self.post(1, ts: "1800000003.000000")
        let (both, _) = await Self.read([SlackHistory.authTest, SlackHistory.page([person, own])])
        #expect(try both.get().place == "1800000003.000000")
    }

    /// What was read already is not thrown away.
    @Test func aPauseBetweenPagesIsWaitedFor() async throws {
        let (answer, bodies) = await Self.read([
            SlackHistory.authTest, SlackHistory.page([Self.post(2, ts: "1800000002.000000")], cursor: "c"),
            .reply(429, #"{"ok":false,"error":"ratelimited"}"#, headers: [("Retry-After", "7")]),
            SlackHistory.page([Self.post(1, ts: "1800000001.000000")]),
        ])
        #expect(try answer.get().heads.map(\.head.seq) == [1, 2])
        #expect(bodies.count == 4 && bodies[2] == bodies[3])
    }

    @Test func anAnswerThatDoesNotSayHowItGoesOnIsNone() async throws {
        let (answer, _) = await Self.read([
            SlackHistory.authTest, .reply(200, #"{"ok":true,"messages":[],"has_more":true}"#),
        ])
        guard case .failure(.unusable) = answer else {
            Issue.record("\(answer)")
            return
        }
    }

    /// Somebody may fill the channel with messages that are as long as Slack takes them.
    @Test func aPageThatIsTooLongIsAskedForInSmallerParts() async throws {
        let tooLong = PlayedTransport.Step.fail(TransportError(code: .bodyTooLarge, delivery: .unknown))
        let (answer, bodies) = await Self.read([
            SlackHistory.authTest, tooLong, tooLong,
            SlackHistory.page([Self.post(1, ts: "1800000001.000000")], cursor: "c"), SlackHistory.page([]),
        ])
        #expect(try answer.get().heads.map(\.head.seq) == [1])
        let limits = bodies.dropFirst().map { $0.firstMatch(of: /limit=([0-9]+)/).map { String($0.1) } ?? "" }
        #expect(limits == ["500", "62", "7", "56"])
        let (never, _) = await Self.read([SlackHistory.authTest] + Array(repeating: tooLong, count: 9))
        guard case .failure(.noAnswer) = never else { Issue.record("\(never)"); return }
    }

    @Test(arguments: [
        #"{"event_type":"other","event_payload":{"store":"S","seq":1,"hash":"H"}}"#,
        #"{"event_type":"clusterbot_head","event_payload":{"store":"short","seq":1,"hash":"H"}}"#,
        #"{"event_type":"clusterbot_head","event_payload":{"store":"S","seq":-1,"hash":"H"}}"#,
        #"{"event_type":"clusterbot_head","event_payload":{"store":"S","seq":1.5,"hash":"H"}}"#,
        #"{"event_type":"clusterbot_head","event_payload":{"store":"S","seq":1,"hash":"nothing"}}"#,
        #"{"event_type":"clusterbot_head","event_payload":{"store":"S","hash":"H"}}"#,
        #"{"event_type":"clusterbot_head"}"#, "null", "[]",
    ])
    func otherMetadataIsNoHead(_ text: String) async throws {
        let filled = text.replacing("\"S\"", with: "\"\(Self.told(1).store)\"")
            .replacing("\"H\"", with: "\"\(Self.told(1).head.hash)\"")
        let message = Self.post(1, ts: "1800000001.000000")
        guard case .object(var members) = message else { return }
        members["metadata"] = try JSONValue(parsing: filled)
        let (answer, _) = await Self.read([SlackHistory.authTest, SlackHistory.page([.object(members)])])
        #expect(try answer.get().heads == [])
    }

    /// Slack says the workspace with the message, with the bot's profile, or with both. Where it says none, it is not known whose
    /// the message is.
    @Test(arguments: [
        (nil, nil, false), ("T0001", nil, true), (nil, "T0001", true), ("T0001", "T0001", true),
        ("T0001", "T0EXT", false),
        ("T0EXT", "T0001", false),
    ])
    func theWorkspaceIsSaidAndFits(team: String?, ofProfile: String?, counts: Bool) async throws {
        guard case .object(var members) = Self.post(1, ts: "1800000001.000000") else { return }
        members["team"] = team.map(JSONValue.string)
        members["bot_profile"] = ofProfile.map { .object(["id": .string("B0BOT"), "team_id": .string($0)]) }
        let (answer, _) = await Self.read([SlackHistory.authTest, SlackHistory.page([.object(members)])])
        #expect(try answer.get().heads == (counts ? [Self.told(1)] : []))
    }

    /// Without the id under which the bot writes nobody could tell its posts from others'.
    @Test func anUnknownAuthorIsNoAnswer() async throws {
        let (answer, _) = await Self.read([
            .reply(200, #"{"ok":true,"team_id":"T0001","user":"clusterbot","user_id":"U0BOT"}"#)
        ])
        guard case .failure(.unusable) = answer else { Issue.record("\(answer)"); return }
    }

    @Test func withoutATokenItIsOff() async throws {
        let fixture = PosterFixture([], token: nil)
        let error = await #expect(throws: ReadBackProblem.self) {
            try await SlackHeadReader(poster: fixture.poster).heads(
                in: PosterFixture.channel,
                after: nil,
                since: Timestamp(seconds: 0)
            )
        }
        guard case .notAllowed = error else { Issue.record("\(String(describing: error))"); return }
        #expect(fixture.transport.requests.isEmpty)
    }
}
