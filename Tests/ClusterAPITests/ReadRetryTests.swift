import BotCore
import CurlHTTP
import Testing

@testable import ClusterAPI

struct ReadRetryTests {
    private let clock = ManualClock()
    private static let good = Samples.envelope(Samples.clusterObject)

    private func read(_ transport: ScriptedTransport, total: Duration = .seconds(30)) async throws -> ClusterReading {
        let settings = Samples.settings(totalTimeout: total)
        return try await Samples.api(transport, clock: clock, settings: settings)
            .read(Samples.cluster, withReservedIPs: false)
    }

    @Test(arguments: [429, 500, 502, 503, 504, 599])
    func whatPassesByItselfIsReadAgain(_ status: Int) async throws {
        let transport = ScriptedTransport(replies: [(status, ""), (status, "<h1>x</h1>"), (200, Self.good)])
        #expect(try await read(transport).nodes == 8)
        #expect(clock.sleeps == [.milliseconds(250), .milliseconds(500)])
    }

    @Test(arguments: [
        TransportError.Code.dns, .connect, .tls, .proxy, .timeout, .connectionLost, .protocolError, .other,
    ])
    func aFailedTransferIsReadAgain(_ code: TransportError.Code) async throws {
        let transport = ScriptedTransport([
            { .failure(TransportError(code: code, delivery: .unknown)) },
            { .success(.json(200, Self.good)) },
        ])
        #expect(try await read(transport).nodes == 8)
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: [
        TransportError.Code.badRequest, .cancelled, .shutDown, .addressRefused, .bodyTooLarge, .headersTooLarge,
    ])
    func aFailureThatStaysIsAProblemAtOnce(_ code: TransportError.Code) async throws {
        let transport = ScriptedTransport(failing: TransportError(code: code, delivery: .notSent))
        await #expect(throws: ReadProblem.self) { try await read(transport) }
        #expect(transport.requests.count == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test(arguments: [400, 401, 403, 404, 405, 408, 409, 412, 422])
    func arefusedReadIsNotRepeated(_ status: Int) async throws {
        let transport = ScriptedTransport(always: .json(status, #"{"detail":"No"}"#))
        await #expect(throws: ReadProblem.self) { try await read(transport) }
        #expect(transport.requests.count == 1)
    }

    @Test func allTriesTogetherStayWithinTheTotalTime() async throws {
        let start = clock.uptime
        let transport = ScriptedTransport(replies: [(503, "Service Unavailable")])
        let problem = await #expect(throws: ReadProblem.self) { try await read(transport) }
        #expect(clock.uptime - start <= .seconds(30))
        #expect(clock.uptime - start > .seconds(25))
        #expect(transport.requests.count == clock.sleeps.count + 1)
        #expect(clock.sleeps.max() == .seconds(4))
        #expect(problem?.message.contains("503") == true)
        #expect(problem?.message.contains("Service Unavailable") == true)
    }

    @Test func aTryHasOnlyTheTimeThatIsLeft() async throws {
        let clock = clock
        let transport = ScriptedTransport([
            {
                clock.advance(by: .seconds(27))
                return .failure(TransportError(code: .connectionLost, delivery: .unknown))
            },
            { .success(.json(200, Self.good)) },
        ])
        _ = try await read(transport)
        #expect(transport.requests.map(\.totalTimeout) == [.seconds(30), .milliseconds(2750)])
        #expect(transport.requests.map(\.connectTimeout) == [.seconds(5), .milliseconds(2750)])
    }

    @Test func aTryThatUsedUpTheTimeIsTheLast() async throws {
        let clock = clock
        let transport = ScriptedTransport([
            {
                clock.advance(by: .seconds(30))
                return .failure(TransportError(code: .timeout, delivery: .unknown))
            }
        ])
        let problem = await #expect(throws: ReadProblem.self) { try await read(transport) }
        #expect(transport.requests.count == 1)
        #expect(problem?.message.contains("did not answer within 30 s") == true)
    }

    @Test func theClusterAndItsAddressesShareTheTime() async throws {
        let clock = clock
        let transport = ScriptedTransport([
            {
                clock.advance(by: .seconds(20))
                return .success(.json(200, Self.good))
            },
            {
                clock.advance(by: .seconds(20))
                return .success(.json(503, ""))
            },
        ])
        await #expect(throws: ReadProblem.self) {
            try await Samples.api(transport, clock: clock).read(Samples.cluster, withReservedIPs: true)
        }
        #expect(transport.requests.map(\.totalTimeout) == [.seconds(30), .seconds(10)])
    }

    @Test func nothingBeginsWhenTheTimeIsUp() async throws {
        let clock = clock
        let transport = ScriptedTransport([
            {
                clock.advance(by: .seconds(30))
                return .success(.json(200, Self.good))
            }
        ])
        await #expect(throws: ReadProblem.self) {
            try await Samples.api(transport, clock: clock).read(Samples.cluster, withReservedIPs: true)
        }
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [429, 503])
    func theAPIsOwnWaitIsKept(_ status: Int) async throws {
        let transport = ScriptedTransport([
            { .success(.json(status, "", headers: [("retry-after", "7")])) },
            { .success(.json(200, Self.good)) },
        ])
        _ = try await read(transport)
        #expect(clock.sleeps == [.seconds(7)])
    }

    @Test func aWaitLongerThanTheTimeIsNotBegun() async throws {
        let transport = ScriptedTransport(always: .json(429, "", headers: [("Retry-After", "120")]))
        let problem = await #expect(throws: ReadProblem.self) { try await read(transport) }
        #expect(transport.requests.count == 1)
        #expect(clock.sleeps.isEmpty)
        #expect(problem?.message.contains("come back in 2 min") == true)
    }

    @Test func aCancelledWaitEndsTheRead() async throws {
        let transport = ScriptedTransport(replies: [(503, "")])
        let api = Samples.api(transport, clock: ManualClock(isCancelled: true))
        await #expect(throws: ReadProblem.self) { try await api.read(Samples.cluster, withReservedIPs: false) }
        #expect(transport.requests.count == 1)
    }

    @Test(
        arguments: [
            ("7", .seconds(7)), (" 7 ", .seconds(7)), ("0", .zero), ("Wed, 21 Oct 2026 07:28:09 GMT", .seconds(9)),
            ("Thu, 22 Oct 2026 07:28:00 GMT", .seconds(86_400)), ("Wed, 21 Oct 2026 07:27:00 GMT", .zero),
            ("Tue, 29 Feb 2028 00:00:00 GMT", .seconds(86_400)), ("99999999999999999999", .seconds(86_400)),
            ("", nil), ("soon", nil), ("-1", nil), ("1.5", nil), ("Wed, 21 Oct 2026 07:28 GMT", nil),
            ("Wed, 21 Foo 2026 07:28:00 GMT", nil), ("Wed, 21 Oct 2026 07:28:00 IST", nil),
        ] as [(String, Duration?)]
    )
    func retryAfterIsReadAsSecondsOrDate(_ header: String, _ pause: Duration?) {
        #expect(RetryAfter.pause(header, now: ManualClock().now) == pause)
    }
}
