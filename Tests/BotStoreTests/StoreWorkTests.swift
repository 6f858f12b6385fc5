import BotCore
import Testing

/// What the workers ask for: never more than what is to be done next, however much waits or was done.
@Suite("The store's answers to workers", .timeLimit(.minutes(1)))
struct StoreWorkTests {
    @Test(arguments: Backend.allCases)
    func holdChangesToPrepareOnceTheirMessageWasTried(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                for id in 1...6 { try writer.insert(Sample.change(id, state: id == 5 ? .pending : .preparing)) }
                for id in [1, 5] { try writer.save(Sample.post(id, posted: 1, at: 0)) }
                var tried = Sample.post(2, at: 0)
                tried.tries = 1
                try writer.save(tried)
                try writer.save(Sample.post(3, at: 0))
                try writer.save(Sample.post(4, .history(seq: 1), posted: 1, at: 0))
            }
            #expect(try await store.read { try $0.changesToPrepare(limit: 9).map(\.id) } == [1, 2])
            #expect(try await store.read { try $0.changesToPrepare(limit: 1).map(\.id) } == [1])
            try await store.write { try $0.save(Sample.post(3, posted: 1, at: 0)) }
            try await store.write { writer in
                var change = try #require(try writer.change(1))
                change.state = .refused
                change.revision += 1
                try writer.update(change)
            }
            #expect(try await store.read { try $0.changesToPrepare(limit: 9).map(\.id) } == [2, 3])
        }
    }

    @Test(arguments: Backend.allCases)
    func holdTheFirstReadyChangeOfEachCluster(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                let ready = [(1, 43, 5), (2, 42, 4), (3, 42, 2), (4, 7, 3), (5, 7, 9)]
                for (id, cluster, order) in ready {
                    var change = Sample.change(id, cluster: cluster, state: .ready)
                    change.readyOrder = order
                    try writer.insert(change)
                }
                try writer.insert(Sample.change(6, cluster: 44, state: .pending))
            }
            #expect(try await store.read { try $0.firstReadyChanges().map(\.id) } == [3, 4, 1])
        }
    }

    @Test(arguments: Backend.allCases)
    func holdWhatIsExpired(backend: Backend) async throws {
        try await backend.withStore { store in
            let moment = Sample.start + .seconds(100)
            try await store.write { writer in
                for (index, state) in [ChangeState.pending, .ready, .pending, .ready, .denied, .pending].enumerated() {
                    var change = Sample.change(index + 1, state: state)
                    let until = index < 2 || index == 4 ? moment : moment + .milliseconds(1)
                    if state == .ready { change.validUntil = until } else { change.expiresAt = until }
                    if index == 5 { change.expiresAt = nil }
                    try writer.insert(change)
                }
            }
            #expect(try await store.read { try $0.expiredChanges(at: moment, limit: 9) } == [1, 2])
            #expect(try await store.read { try $0.expiredChanges(at: moment, limit: 1) } == [1])
            #expect(try await store.read { try $0.expiredChanges(at: Sample.start, limit: 9) } == [])
        }
    }

    @Test(arguments: Backend.allCases)
    func holdWhatTwoReadsShowedAsNotCarriedOut(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                let ends: [(ChangeState, HowKnown)] = [
                    (.failed, .readBack), (.failed, .answer), (.succeeded, .readBack), (.failed, .readBack),
                ]
                for (index, end) in ends.enumerated() {
                    var change = Sample.change(index + 1, state: end.0)
                    change.howKnown = end.1
                    try writer.insert(change)
                }
            }
            #expect(try await store.read { try $0.changesFailedByReading().map(\.id) } == [1, 4])
        }
    }

    @Test(arguments: Backend.allCases)
    func tellWhetherAnythingWasSentToAClusterSince(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                try writer.insert(Sample.change(1, cluster: 42, state: .succeeded))
                try writer.insert(Sample.intent(of: 1))
                try writer.insert(Sample.change(2, cluster: 43, state: .failed))
                try writer.insert(Sample.intent(of: 2))
                try writer.insert(Sample.change(3, cluster: 44, state: .unknown))
            }
            let begun = Sample.intent(of: 1).startedAt
            let asked = [(42, begun), (42, begun + .milliseconds(1)), (43, begun), (44, begun)]
            var answers: [Bool] = []
            for (cluster, moment) in asked {
                answers.append(try await store.read { try $0.wasSent(to: cluster, since: moment) })
            }
            #expect(answers == [true, false, false, false])
        }
    }

    @Test(arguments: Backend.allCases)
    func tellWhetherAnythingWasSentToAClusterAfterAChange(backend: Backend) async throws {
        try await backend.withStore { store in
            let states: [ChangeState] = [.succeeded, .failed, .failed, .unknown, .ready]
            let changes = states.enumerated().map { index, state in
                var change = Sample.change(index + 1, cluster: state == .unknown ? 43 : 42, state: state)
                change.readyOrder = index + 1
                return change
            }
            try await store.write { writer in for change in changes { try writer.insert(change) } }
            #expect(try await store.read { try $0.wasSent(after: changes[1]) } == false)
            var sent = changes[4]
            sent.state = .sending
            try await store.write { [sent] in try $0.update(sent) }
            let answers = try await store.read { store in try changes.map { try store.wasSent(after: $0) } }
            #expect(answers == [true, true, true, false, false])
        }
    }
}
