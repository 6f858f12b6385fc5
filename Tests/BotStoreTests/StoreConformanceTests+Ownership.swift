import BotCore
import Testing

extension StoreConformanceTests {
    // MARK: Holds, and what the history channels remember

    private static let log = Channel(platform: "slack", workspace: "T1", id: "C0LOG")

    private static func head(_ seq: Int) -> HistoryHead {
        HistoryHead(seq: seq, hash: String(repeating: "\(seq % 10)", count: 64))
    }

    @Test(arguments: Backend.allCases)
    func keepsTheFirstHoldAndTheNewestFork(backend: Backend) async throws {
        try await backend.withStore { store in
            let first = StoreHold(remembered: Self.head(9), found: Self.head(4), noticedAt: Sample.start)
            let fork = HistoryFork(channel: Self.log, head: Self.head(7))
            let newer = HistoryFork(channel: Self.log, head: Self.head(8))
            func later(_ fork: HistoryFork?) -> StoreHold {
                StoreHold(
                    remembered: Self.head(1),
                    found: Self.head(2),
                    noticedAt: Sample.start + .seconds(60),
                    fork: fork
                )
            }
            try await store.write { try $0.save(first) }
            #expect(try await store.read { try $0.hold() } == first)
            for (saved, expected) in [(fork, fork), (nil, fork), (newer, newer)] {
                let next = later(saved)
                try await store.write { try $0.save(next) }
                let hold = try #require(try await store.read { try $0.hold() })
                #expect(hold.remembered == first.remembered && hold.found == first.found)
                #expect(hold.noticedAt == first.noticedAt && hold.fork == expected)
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func aReleaseIsForTheHeadsOfItsHold(backend: Backend) async throws {
        try await backend.withStore { store in
            let fork = HistoryFork(channel: Self.log, head: Self.head(7))
            let hold = StoreHold(remembered: Self.head(9), found: Self.head(4), noticedAt: Sample.start, fork: fork)
            try await store.write { try $0.save(hold) }
            #expect(try await store.read { try $0.isReleased(fork.head) } == false)
            try await store.write { try $0.endHold() }
            #expect(try await store.read { try $0.hold() } == nil)
            for (head, isReleased) in [
                (Self.head(7), true), (Self.head(9), true), (Self.head(4), false), (Self.head(8), false),
                (HistoryHead(seq: 17, hash: Self.head(7).hash), false),
            ] {
                #expect(try await store.read { try $0.isReleased(head) } == isReleased, "\(head.short)")
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func remembersHowFarAChannelFitsAndWhereTheHistoryIsTold(backend: Backend) async throws {
        try await backend.withStore { store in
            let other = Channel(platform: "slack", workspace: "T1", id: "C0OTHER")
            #expect(try await store.read { try $0.comparedPlace(in: Self.log) } == nil)
            #expect(try await store.read { try $0.historyChannels() } == nil)
            try await store.write { writer in
                try writer.setComparedPlace("1.000001", in: Self.log)
                try writer.setComparedPlace("2.000002", in: Self.log)
                try writer.setHistoryChannels([])
            }
            #expect(try await store.read { try $0.comparedPlace(in: Self.log) } == "2.000002")
            #expect(try await store.read { try $0.comparedPlace(in: other) } == nil)
            #expect(try await store.read { try $0.historyChannels() } == [])
            try await store.write { try $0.setHistoryChannels([other, Self.log]) }
            #expect(try await store.read { try $0.historyChannels() } == [Self.log, other])
            #expect(try await store.read { try $0.isSuspect() } == false)
            for isSuspect in [true, false] {
                try await store.write { try $0.setSuspect(isSuspect) }
                #expect(try await store.read { try $0.isSuspect() } == isSuspect)
            }
            let name = try await store.read { try $0.identity() }
            #expect(name.id.count == 32)
            #expect(try await store.read { try $0.identity() } == name)
        }
    }

    @Test(arguments: Backend.allCases)
    func knowsWhichEntriesItHas(backend: Backend) async throws {
        try await backend.withStore { store in
            let heads = try await store.write { writer in try (1...3).map { try writer.append(Sample.entry($0)) } }
            for head in heads + [.start] { #expect(try await store.read { try $0.has(head) }) }
            let others = [
                HistoryHead(seq: 2, hash: heads[0].hash), HistoryHead(seq: 4, hash: heads[2].hash),
                HistoryHead(seq: 0, hash: heads[0].hash),
            ]
            for head in others { #expect(try await store.read { try $0.has(head) } == false) }
        }
    }
}
