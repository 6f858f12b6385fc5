import BotCore
import CurlHTTP
import Testing

@testable import ClusterAPI

struct ReservedIPTests {
    /// Answers the cluster, then pages by number from what is given; the last one stands for all behind it.
    private func transport(_ pages: [(status: Int, body: String)]) -> ScriptedTransport {
        ScriptedTransport(replies: [(200, Samples.envelope(Samples.clusterObject))] + pages)
    }

    private func page(_ ids: [Int], service: String = "null", totals: String = "") -> (status: Int, body: String) {
        let list = ids.map { Samples.reservedIP($0, service: service) }.joined(separator: ",")
        return (200, #"{"code":200,"data":{"reserved_ips":[\#(list)]},"errors":{},"message":"Success"\#(totals)}"#)
    }

    private func read(_ transport: ScriptedTransport) async throws -> [Int: ClusterReading.ReservedIP] {
        let seen = try await Samples.api(transport).read(Samples.cluster, withReservedIPs: true)
        return try #require(seen.reservedIPs)
    }

    @Test func addressesAndOwnersAreRead() async throws {
        let transport = transport([page([9], service: "42", totals: #","total_page_number":1,"total_count":1"#)])
        #expect(try await read(transport) == [9: .init(address: "203.0.113.9", owner: 42)])
        #expect(
            transport.requests.last?.url == "https://api.example.com/myaccount/api/v1/gpu/reserved_ips/"
                + "?project_id=1187&location=Delhi&page_no=1&per_page=100&apikey=\(Samples.encodedKey)"
        )
        #expect(transport.requests.count == 2)
    }

    @Test func allPagesAreReadWhereTheirNumberIsTold() async throws {
        let totals = #","total_page_number":3"#
        let transport = transport([page([1], totals: totals), page([2], totals: totals), page([3], totals: totals)])
        #expect(try await read(transport).keys.sorted() == [1, 2, 3])
        #expect(transport.requests.count == 4)
        #expect(transport.requests.last?.url.contains("page_no=3&") == true)
    }

    @Test func allPagesAreReadWhereOnlyTheNumberOfEntriesIsTold() async throws {
        let totals = #","total_count":"3""#
        let transport = transport([page([1, 2], totals: totals), page([3], totals: totals), page([4], totals: totals)])
        #expect(try await read(transport).keys.sorted() == [1, 2, 3])
    }

    @Test func withoutATotalAPageWithoutAnythingNewIsTheEnd() async throws {
        #expect(try await read(transport([page([1]), page([2]), page([])])).keys.sorted() == [1, 2])
        // A server that knows no pages gives the same list for each.
        let same = transport([page([1, 2])])
        #expect(try await read(same).keys.sorted() == [1, 2])
        #expect(same.requests.count == 3)
    }

    @Test func withoutATotalAPageThatIsNotFoundIsTheEnd() async throws {
        let transport = transport([page([1]), (404, #"{"detail":"Invalid page."}"#)])
        #expect(try await read(transport).keys.sorted() == [1])
    }

    @Test(arguments: [
        [(404, #"{"detail":"Not found."}"#)], [(200, #"{"code":200,"data":{},"errors":{},"message":"x"}"#)],
        [(200, Samples.envelope(#"{"reserved_ips":[{"ip_address":"203.0.113.9"}]}"#))], [(200, "<h1>x</h1>")],
        [
            (200, #"{"code":200,"data":{"reserved_ips":[{"id":1}]},"errors":{},"message":"x","total_page_number":2}"#),
            (404, #"{"detail":"Invalid page."}"#),
        ],
        [(200, Samples.envelope(#"{"reserved_ips":[{"id":1}]}"#)), (403, #"{"detail":"No"}"#)],
    ])
    func aListThatIsNotWholeIsAProblem(_ pages: [(Int, String)]) async throws {
        let transport = transport(pages.map { (status: $0.0, body: $0.1) })
        await #expect(throws: ReadProblem.self) { try await read(transport) }
    }

    @Test func aListWithoutAnEndIsAProblem() async throws {
        let counter = ManualClock()
        let transport = ScriptedTransport([
            { .success(.json(200, Samples.envelope(Samples.clusterObject))) },
            {
                counter.advance(by: .seconds(1))
                let id = counter.uptime.components.seconds
                return .success(.json(200, Samples.envelope(#"{"reserved_ips":[{"id":\#(id)}]}"#)))
            },
        ])
        await #expect(throws: ReadProblem.self) { try await read(transport) }
        #expect(transport.requests.count == 101)
    }

    @Test(
        arguments: [
            (#"{"id":9}"#, nil), (#"{"id":9,"service_id":null,"service_name":""}"#, nil),
            (#"{"id":9,"service_id":0}"#, nil),
            (#"{"id":9,"service_id":"0"}"#, nil), (#"{"id":"9","service_id":"42"}"#, 42),
            (#"{"id":9,"service_id":42.0}"#, 42),
            (#"{"id":9,"service_name":"prod-train"}"#, 0), (#"{"id":9,"service_id":"vm-7"}"#, 0),
            (#"{"id":9,"service_id":null,"service_type":"distributed_job"}"#, 0), (#"{"id":9,"service_id":-4}"#, 0),
        ] as [(String, Int?)]
    )
    func whatIsAttachedToAnythingIsNotTakenForFree(_ entry: String, _ owner: Int?) async throws {
        let body = #"{"code":200,"data":[\#(entry)],"errors":{},"message":"x","total_page_number":1}"#
        #expect(try await read(transport([(200, body)]))[9]?.owner == owner)
    }

    @Test func ofThePeopleInTheListNothingIsKept() async throws {
        let seen = try await read(transport([page([9], totals: #","total_count":1"#)]))
        #expect(Samples.leaks(in: "\(seen)").isEmpty)
    }
}
