import BotCore
import TestSupport
import Testing

/// What closes clusters.
extension StoreConformanceTests {
    @Test(arguments: Backend.allCases)
    func keepsOneLockOfACluster(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                try writer.save(Sample.lock(of: 43))
                try writer.save(Sample.lock(of: 42))
                try writer.save(Sample.lock(of: 42, by: Sample.bob, reason: "another"))
            }
            let (one, none, all) = try await store.read { (try $0.lock(on: 42), try $0.lock(on: 44), try $0.locks()) }
            #expect(one == Sample.lock(of: 42, by: Sample.bob, reason: "another"))
            #expect(none == nil)
            #expect(all == [Sample.lock(of: 42, by: Sample.bob, reason: "another"), Sample.lock(of: 43)])
            try await store.write { writer in
                try writer.endLock(on: 42)
                try writer.endLock(on: 44)
            }
            #expect(try await store.read { try $0.locks() } == [Sample.lock(of: 43)])
        }
    }

    @Test(arguments: Backend.allCases)
    func countsFreezesAndForgetsNoNumber(backend: Backend) async throws {
        let second = Sample.freeze(2, .init(ids: [42]))
        let third = Sample.freeze(3, .init(labels: ["env": ["prod"]]))
        try await backend.withStore { store in
            try await store.write { writer in
                #expect(try writer.nextFreezeNumber() == 1)
                try writer.insert(Sample.freeze(1))
                #expect(try writer.nextFreezeNumber() == 2)
                try writer.insert(second)
                try writer.insert(third)
            }
            #expect(try await store.read { try $0.freezes() } == [Sample.freeze(1), second, third])
            try await store.write { writer in
                try writer.endFreeze("F3", at: Sample.start)
                try writer.endFreeze("F1", at: Sample.start)
                try writer.endFreeze("F9", at: Sample.start)
                #expect(try writer.nextFreezeNumber() == 4)
            }
            #expect(try await store.read { try $0.freezes() } == [second])
        }
    }

    @Test(arguments: Backend.allCases)
    func takesNoFreezeTwiceAndNoneOfTheConfiguration(backend: Backend) async throws {
        let configured = Freeze(
            name: "F7",
            clusters: nil,
            from: Sample.start,
            until: Sample.start + .seconds(60),
            source: .configuration
        )
        try await backend.withStore { store in
            try await store.write { try $0.insert(Sample.freeze(1)) }
            for freeze in [Sample.freeze(1), configured] {
                let error = await #expect(throws: StoreError.self) { try await store.write { try $0.insert(freeze) } }
                #expect(error?.code == .conflict)
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func remembersWhatWasToldOfAFreezeByItsNameAndTimes(backend: Backend) async throws {
        var ended = Sample.toldFreeze
        ended.endedAt = Sample.start
        ended.isOver = true
        let longer = ToldFreeze(
            name: "year end",
            from: Sample.start,
            until: Sample.start + .seconds(61),
            covering: "",
            endedAt: nil,
            isOver: false
        )
        try await backend.withStore { [ended] store in
            try await store.write { writer in
                try writer.save(Sample.toldFreeze)
                try writer.save(longer)
                try writer.save(ended)
            }
            let told = try await store.read { try $0.toldFreezes() }
            #expect(Set(told) == [ended, longer])
            try await store.write { try $0.forget(ended) }
            #expect(try await store.read { try $0.toldFreezes() } == [longer])
        }
    }
}
