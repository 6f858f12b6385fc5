import BotCore
import TestSupport
import Testing

/// What every store promises. A new one is a new case of `Backend`.
@Suite("A store", .timeLimit(.minutes(20)))
struct StoreConformanceTests {
    // MARK: Transactions

    @Test(arguments: Backend.allCases)
    func doesWhatFollowsATransactionOnlyOnceItIsStored(backend: Backend) async throws {
        try await backend.withStore { store in
            let done = EventWaiter([Int]())
            for number in 1...3 {
                try? await store.write { writer in
                    writer.whenStored { done.update { $0.append(number) } }
                    try writer.insert(Sample.change(number))
                    if number == 2 { throw CancellationError() }
                    #expect(!done.state.contains(number))
                }
                #expect(done.state == (number < 3 ? [1] : [1, 3]))
            }
        }
    }

    // MARK: Changes

    @Test(arguments: Backend.allCases)
    func givesBackAChangeAsItWasStored(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                try writer.insert(Sample.change(1))
                try writer.insert(Sample.fullChange(2, replaces: 1))
            }
            let (plain, full, none) = try await store.read { (try $0.change(1), try $0.change(2), try $0.change(3)) }
            #expect(plain == Sample.change(1))
            #expect(full == Sample.fullChange(2, replaces: 1))
            #expect(full?.plan?.text == Sample.plan(2).text)
            #expect(none == nil)
        }
    }

    @Test(arguments: Backend.allCases)
    func storesEveryStateAndWayOfKnowing(backend: Backend) async throws {
        try await backend.withStore { store in
            let ways: [HowKnown] = [.answer, .readBack, .person, .notSent]
            try await store.write { writer in
                for (index, state) in ChangeState.allCases.enumerated() {
                    var change = Sample.change(index + 1, state: state)
                    change.howKnown = ways[index % ways.count]
                    try writer.insert(change)
                }
            }
            let stored = try await store.read { try $0.newestChanges(nil) }
            #expect(stored.map(\.state) == ChangeState.allCases)
            #expect(Set(stored.compactMap(\.howKnown)) == Set(ways))
        }
    }

    /// A cluster is closed from the moment on in which an outcome is lost, also for what shares the commit.
    @Test(arguments: Backend.allCases)
    func seesWhatBecameUnknownInTheSameTransaction(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                #expect(try writer.changes(cluster: 42, in: [.unknown]) == [])
                try writer.insert(Sample.change(1, cluster: 42, state: .sending))
                #expect(try writer.changes(cluster: 42, in: [.unknown]) == [])
                var lost = try #require(try writer.change(1))
                lost.state = .unknown
                try writer.update(lost)
                #expect(try writer.changes(cluster: 42, in: [.unknown]) == [lost])
                #expect(try writer.changes(cluster: 43, in: [.unknown]) == [])
                let another = Sample.change(2, cluster: 43, state: .unknown)
                try writer.insert(another)
                #expect(try writer.changes(cluster: 43, in: [.unknown]) == [another])
                lost.state = .failed
                try writer.update(lost)
                #expect(try writer.changes(cluster: 42, in: [.unknown]) == [])
            }
            #expect(try await store.read { try $0.changes(cluster: 43, in: [.unknown]) }.map(\.id) == [2])
        }
    }

    /// The engine asks the state machine first; the store does not rely on it.
    @Test(arguments: Backend.allCases)
    func movesAChangeOnlyAlongTheArrowsThereAre(backend: Backend) async throws {
        try await backend.withStore { store in
            var number = 0
            for state in ChangeState.allCases {
                for next in ChangeState.allCases {
                    number += 1
                    // Of each cluster only one may be on its way.
                    let change = Sample.change(number, cluster: number, state: state)
                    try await store.write { try $0.insert(change) }
                    var moved = change
                    moved.state = next
                    let isMoved: Bool
                    do {
                        try await store.write { [moved] in try $0.update(moved) }
                        isMoved = true
                    } catch let error as StoreError {
                        #expect(error.code == .conflict)
                        isMoved = false
                    }
                    #expect(isMoved == (state == next || state.mayBecome(next)), "\(state) → \(next)")
                    #expect(try await store.read { try $0.change(change.id) }?.state == (isMoved ? next : state))
                }
            }
        }
    }

    /// Whatever a later mistake asks for.
    @Test(arguments: Backend.allCases)
    func letsOneChangeOfAClusterBeSent(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                for number in 1...2 { try writer.insert(Sample.change(number, state: .ready)) }
            }
            var (first, second) = (Sample.change(1, state: .sending), Sample.change(2, state: .sending))
            try await store.write { [first] in try $0.update(first) }
            let error = await #expect(throws: StoreError.self) {
                try await store.write { [second] in try $0.update(second) }
            }
            #expect(error?.code == .conflict)
            first.state = .failed
            second.revision = 1
            try await store.write { [first, second] writer in
                try writer.update(first)
                try writer.update(second)
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func updatesWhatMayChangeInAChange(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { try $0.insert(Sample.change(1)) }
            let full = Sample.fullChange(1, replaces: nil)
            try await store.write { writer in
                var change = try #require(try writer.change(1))
                change.state = full.state
                change.howKnown = full.howKnown
                change.permits = full.permits
                change.rule = full.rule
                change.policy = full.policy
                change.parameters = full.parameters
                change.plan = full.plan
                change.asked = full.asked
                change.plannedAt = full.plannedAt
                change.expiresAt = full.expiresAt
                change.callsAt = full.callsAt
                change.busy = full.busy
                change.shownWait = full.shownWait
                change.addedReasons = full.addedReasons
                change.validUntil = full.validUntil
                change.readyOrder = full.readyOrder
                change.outcome = full.outcome
                change.recorded = full.recorded
                change.updatedAt = full.updatedAt
                change.revision = full.revision
                try writer.update(change)
                // Seen at once in the same transaction.
                #expect(try writer.change(1) == change)
            }
            let stored = try #require(try await store.read { try $0.change(1) })
            #expect(stored.permits == full.permits)
            #expect(stored.asked == full.asked && stored.plannedAt == full.plannedAt && stored.callsAt == full.callsAt)
            #expect(stored.shownWait == full.shownWait)
            #expect(stored.busy == full.busy && stored.addedReasons == full.addedReasons)
            #expect(stored.plan == full.plan)
            #expect(stored.recorded == full.recorded)
            #expect(stored.revision == 5)
            #expect(stored.requester == Sample.amy)
        }
    }

    @Test(arguments: Backend.allCases)
    func refusesToUpdateAChangeThatIsNotThereOrToGoBack(backend: Backend) async throws {
        try await backend.withStore { store in
            await expectConflict { try await store.write { try $0.update(Sample.change(1)) } }
            try await store.write { try $0.insert(Sample.fullChange(1, replaces: nil)) }
            await expectConflict {
                try await store.write { writer in
                    var stale = Sample.fullChange(1, replaces: nil)
                    stale.revision = 4
                    try writer.update(stale)
                }
            }
            await expectConflict { try await store.write { try $0.insert(Sample.change(1)) } }
        }
    }

    @Test(arguments: Backend.allCases)
    func countsChangesFromOneWithoutGaps(backend: Backend) async throws {
        try await backend.withStore { store in
            struct Refused: Error {}
            for expected in 1...3 {
                // A transaction that fails uses up no number.
                await #expect(throws: Refused.self) {
                    try await store.write { writer in
                        try writer.insert(Sample.change(try writer.nextChangeID()))
                        throw Refused()
                    }
                }
                let id = try await store.write { writer in
                    let id = try writer.nextChangeID()
                    try writer.insert(Sample.change(id))
                    return id
                }
                #expect(id == expected)
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func givesPlacesInTheOrderOfBecomingReady(backend: Backend) async throws {
        try await backend.withStore { store in
            let first = try await store.write { (try $0.nextReadyOrder(), try $0.nextReadyOrder()) }
            let second = try await store.write { try $0.nextReadyOrder() }
            #expect(first.0 < first.1)
            #expect(first.1 < second)
        }
    }

    @Test(arguments: Backend.allCases)
    func findsChangesByStateClusterAndTime(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                let states: [ChangeState] = [.succeeded, .ready, .pending, .ready, .unknown, .failed]
                for (index, state) in states.enumerated() {
                    try writer.insert(Sample.change(index + 1, cluster: index < 3 ? 42 : 43, state: state))
                }
            }
            try await store.read { reader throws in
                #expect(try reader.changes(in: [.unknown, .ready]).map(\.id) == [2, 4, 5])
                #expect(try reader.changes(in: []).isEmpty)
                #expect(try reader.changes(cluster: 43, in: [.ready, .pending]).map(\.id) == [4])
                #expect(try reader.changes(cluster: 42, in: [.ready, .pending, .succeeded]).map(\.id) == [1, 2, 3])
                let second = Sample.change(2).createdAt
                for (nodes, since, found) in [
                    (4, second, [2, 3]), (4, second + .milliseconds(1), [3]), (4, second + .seconds(86_400), [3]),
                    (5, second, []),
                ] {
                    let same = try reader.changes(
                        cluster: 42,
                        action: "scale_cluster",
                        arguments: ["additional_nodes": .int(nodes)],
                        waitingOrSince: since
                    )
                    #expect(same.map(\.id) == found)
                }
                let others = try reader.changes(
                    cluster: 42,
                    action: "update_image",
                    arguments: ["additional_nodes": .int(4)],
                    waitingOrSince: second
                )
                #expect(others.isEmpty)
                #expect(try reader.newestChanges(2).map(\.id) == [5, 6])
                #expect(try reader.newestChanges(nil).map(\.id) == [1, 2, 3, 4, 5, 6])
                #expect(try reader.newestChanges(0).isEmpty)
            }
        }
    }

    // MARK: Approvals and intents

    @Test(arguments: Backend.allCases)
    func takesOneDecisionOfEachPerson(backend: Backend) async throws {
        try await backend.withStore { store in
            let amyElsewhere = Actor(
                person: "amy",
                account: Account(platform: "os", workspace: "bot1", user: "1001"),
                name: "amy"
            )
            let guest = Actor(person: nil, account: Account(platform: "slack", workspace: "T1", user: "amy"), name: "x")
            let guestListed = Actor(person: "guest", account: guest.account, name: "x")
            let taken = try await store.write { writer in
                for id in 1...2 { try writer.insert(Sample.change(id)) }
                return try [
                    Sample.approval(of: 1, by: Sample.bob),
                    Sample.approval(of: 1, by: Sample.amy, .denied),
                    Sample.approval(of: 1, by: amyElsewhere),
                    Sample.approval(of: 1, by: guest, .confirmed),
                    Sample.approval(of: 1, by: guest),
                    Sample.approval(of: 1, by: guestListed),
                    Sample.approval(of: 2, by: Sample.amy),
                ].map { try writer.insert($0) }
            }
            #expect(taken == [true, true, false, true, false, false, true])
            let stored = try await store.read { try $0.approvals(of: 1) }
            #expect(
                stored == [
                    Sample.approval(of: 1, by: Sample.bob),
                    Sample.approval(of: 1, by: Sample.amy, .denied),
                    Sample.approval(of: 1, by: guest, .confirmed),
                ]
            )
        }
    }

    @Test(arguments: Backend.allCases)
    func takesDecisionsOnlyFromSomebodyAndOnAChangeThatIsThere(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { try $0.insert(Sample.change(1)) }
            await expectConflict { _ = try await store.write { try $0.insert(Sample.approval(of: 1, by: .bot)) } }
            await expectConflict { _ = try await store.write { try $0.insert(Sample.approval(of: 2, by: Sample.amy)) } }
        }
    }

    @Test(arguments: Backend.allCases)
    func takesOneIntentOfAChangeForEver(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                try writer.insert(Sample.change(1))
                try writer.insert(Sample.intent(of: 1))
            }
            await expectConflict { try await store.write { try $0.insert(Sample.intent(of: 1)) } }
            await expectConflict { try await store.write { try $0.insert(Sample.intent(of: 2)) } }
            await expectConflict { try await store.write { try $0.update(Sample.intent(of: 2)) } }
            var ended = Sample.intent(of: 1)
            ended.endedAt = Sample.start + .seconds(1)
            ended.evidence = "no reply"
            try await store.write { [ended] in try $0.update(ended) }
            #expect(try await store.read { try $0.intent(of: 1) } == ended)
            #expect(try await store.read { try $0.intent(of: 2) } == nil)
        }
    }

    // MARK: History

    @Test(arguments: Backend.allCases)
    func chainsItsHistory(backend: Backend) async throws {
        try await backend.withStore { store in
            #expect(try await store.read { try $0.historyHead() } == .start)
            let heads = try await store.write { writer in
                try (1...5).map { try writer.append(Sample.entry($0, cluster: $0 % 2 == 0 ? 43 : 42)) }
            }
            #expect(heads.map(\.seq) == [1, 2, 3, 4, 5])
            let entries = try await store.read { try $0.history(from: 1, limit: 100) }
            var head = HistoryHead.start
            for (index, entry) in entries.enumerated() {
                var salts = entry.texts.map(\.value.salt).makeIterator()
                let expected = ChainedEntry(Sample.entry(index + 1, cluster: index % 2 == 0 ? 42 : 43), after: head) {
                    salts.next() ?? ""
                }
                #expect(entry == expected)
                head = entry.head
            }
            #expect(heads.last == head)
            #expect(try await store.read { try $0.historyHead() } == head)
            #expect(Set(entries.flatMap { $0.texts.values.map(\.salt) }).count == 5)
            #expect(entries.allSatisfy { $0.texts["reason"]?.salt.count == 32 })
        }
    }

    @Test(arguments: Backend.allCases)
    func readsItsHistoryByNumberAndByCluster(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                for number in 1...6 { _ = try writer.append(Sample.entry(number, cluster: number % 2 == 0 ? 43 : 42)) }
                _ = try writer.append(Sample.entry(7, cluster: nil, kind: .reloaded))
            }
            try await store.read { reader throws in
                #expect(try reader.history(from: 2, limit: 3).map(\.seq) == [2, 3, 4])
                #expect(try reader.history(from: 8, limit: 3).isEmpty)
                #expect(try reader.newestHistory(2, cluster: nil).map(\.seq) == [6, 7])
                let of43 = try reader.newestHistory(2, cluster: 43)
                #expect(of43.map(\.seq) == [4, 6])
                #expect(of43.map { $0.texts["reason"]?.text } == ["entry 4", "entry 6"])
                #expect(try reader.newestHistory(10, cluster: 44).isEmpty)
            }
        }
    }

    // MARK: Transactions

    @Test(arguments: Backend.allCases)
    func undoesAllOfATransactionThatThrows(backend: Backend) async throws {
        struct Refused: Error {}
        try await backend.withStore { store in
            await #expect(throws: Refused.self) {
                try await store.write { writer in
                    try writer.insert(Sample.change(1))
                    _ = try writer.append(Sample.entry(1))
                    try writer.remember(delivery: "a", answer: "b", at: Sample.start)
                    throw Refused()
                }
            }
            try await store.read { reader throws in
                #expect(try reader.change(1) == nil)
                #expect(try reader.historyHead() == .start)
                #expect(try reader.answer(toDelivery: "a") == nil)
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func keepsWhatAClosureDidBesideAConflictThatItHandled(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                try writer.insert(Sample.change(1))
                do {
                    try writer.insert(Sample.change(1))
                } catch let error as StoreError where error.code == .conflict {
                    try writer.insert(Sample.change(2))
                }
            }
            #expect(try await store.read { try $0.newestChanges(nil) }.map(\.id) == [1, 2])
        }
    }

    @Test(arguments: Backend.allCases)
    func stillDoesTheWriteOfACancelledTask(backend: Backend) async throws {
        try await backend.withStore { store in
            let task = Task {
                // Cancelled before it begins to write.
                while !Task.isCancelled { await Task.yield() }
                try await store.write { try $0.insert(Sample.change(1)) }
            }
            task.cancel()
            try await task.value
            #expect(try await store.read { try $0.change(1) } == Sample.change(1))
        }
    }

    func expectConflict(_ body: () async throws -> Void) async {
        let error = await #expect(throws: StoreError.self) { try await body() }
        #expect(error?.code == .conflict)
    }
}
