import BotCore
import Testing

/// What the workers ask for: never more than what is to be done next, however much waits or was done.
@Suite("The store's answers to workers", .timeLimit(.minutes(20)))
struct StoreWorkTests {
    @Test(arguments: Backend.allCases)
    func holdTheFirstChangesToPrepareOfEverybody(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                for id in 1...6 {
                    let asker = id < 5 ? Sample.amy : Sample.bob
                    try writer.insert(Sample.change(id, by: asker, state: id == 2 ? .pending : .preparing))
                }
            }
            #expect(try await store.read { try $0.changesToPrepare(ofEach: 9).map(\.id) } == [1, 3, 4, 5, 6])
            #expect(try await store.read { try $0.changesToPrepare(ofEach: 1).map(\.id) } == [1, 5])
            try await store.write { writer in
                var change = try #require(try writer.change(1))
                change.state = .refused
                change.revision += 1
                try writer.update(change)
            }
            #expect(try await store.read { try $0.changesToPrepare(ofEach: 2).map(\.id) } == [3, 4, 5, 6])
            #expect(try await store.read { try $0.openChanges(of: Sample.amy.key) } == 3)
            #expect(try await store.read { try $0.openChanges(of: Sample.bob.key) } == 2)
            #expect(try await store.read { try $0.openChanges(of: "person carol") } == 0)
        }
    }

    @Test(arguments: Backend.allCases)
    func holdTheFirstWaitingPostsOfEverybody(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                for id in 1...4 { try writer.insert(Sample.change(id)) }
                try writer.save(Sample.post(1, at: 1))
                try writer.save(Sample.post(2, at: 0))
                try writer.save(Sample.post(3, asker: Sample.bob.key, at: 9))
                var edit = Sample.post(4, asker: Sample.bob.key, wanted: 2, posted: 1, at: 8)
                edit.messageID = "m"
                try writer.save(edit)
            }
            #expect(try await store.read { try $0.firstWaitingPosts().compactMap(\.change) }.sorted() == [2, 3, 4])
        }
    }

    @Test(arguments: Backend.allCases)
    func endBackoffsOfOneChannelOrOfAll(backend: Backend) async throws {
        try await backend.withStore { store in
            let elsewhere = Channel(platform: "slack", workspace: "T1", id: "C9")
            let now = Sample.start + .seconds(5)
            try await store.write { writer in
                for id in 1...4 { try writer.insert(Sample.change(id)) }
                for id in 1...4 {
                    var post = Sample.post(id, at: 600)
                    post.tries = id == 4 ? 0 : 7
                    if id == 3 { post.channel = elsewhere }
                    try writer.save(post)
                }
                try writer.endBackoffs(in: elsewhere, at: now)
            }
            func nextTry(_ id: Int) async throws -> Timestamp? {
                try await store.read { try $0.post(change: id, place: .conversation)?.nextTry }
            }
            #expect(try await nextTry(3) == now)
            #expect(try await nextTry(1) == Sample.start + .seconds(600))
            try await store.write { try $0.endBackoffs(in: nil, at: now) }
            #expect(try await nextTry(1) == now)
            #expect(try await store.read { try $0.post(change: 1, place: .conversation)?.tries } == 0)
            // One that waits for another reason goes on waiting.
            #expect(try await nextTry(4) == Sample.start + .seconds(600))
        }
    }

    @Test(arguments: Backend.allCases)
    func keepThePausesThatPlatformsAskedFor(backend: Backend) async throws {
        try await backend.withStore { store in
            let first = ChatWait(method: .update, channel: Sample.channel, until: Sample.start + .seconds(60))
            let later = ChatWait(method: .update, channel: Sample.channel, until: Sample.start + .seconds(90))
            let other = ChatWait(method: .post, channel: Sample.channel, until: Sample.start + .seconds(30))
            try await store.write { writer in for wait in [first, other, later] { try writer.save(wait) } }
            #expect(try await store.read { Set(try $0.chatWaits()) } == [later, other])
            try await store.write { try $0.forgetChatWaits(until: Sample.start + .seconds(30)) }
            #expect(try await store.read { try $0.chatWaits() } == [later])
        }
    }

    @Test(arguments: Backend.allCases)
    func findWhatWasDeniedLately(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                for id in 1...4 {
                    var change = Sample.change(id, cluster: id == 4 ? 43 : 42, state: id == 3 ? .cancelled : .denied)
                    change.updatedAt = Sample.start + .seconds(id)
                    try writer.insert(change)
                }
            }
            let since = Sample.start + .seconds(2)
            #expect(try await store.read { try $0.changesDenied(cluster: 42, since: since).map(\.id) } == [2])
        }
    }

    @Test(arguments: Backend.allCases)
    func noteWhichApprovalsCounted(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                try writer.insert(Sample.change(1))
                for actor in [Sample.bob, Sample.carol] {
                    let approval = Approval(
                        change: 1,
                        actor: actor,
                        verdict: .approved,
                        comment: nil,
                        digest: "d",
                        at: Sample.start
                    )
                    #expect(try writer.insert(approval))
                }
                try writer.markCounted(["carol"], change: 1)
            }
            #expect(try await store.read { try $0.approvals(of: 1).map(\.counted) } == [false, true])
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
