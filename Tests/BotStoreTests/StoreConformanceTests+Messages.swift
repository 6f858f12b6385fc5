import BotCore
import TestSupport
import Testing

extension StoreConformanceTests {
    // MARK: Posts

    @Test(arguments: Backend.allCases)
    func knowsWhichPostsWaitFirstInEachChannel(backend: Backend) async throws {
        @Sendable func edit(_ change: Int, at second: Int) -> Post {
            var post = Sample.post(change, wanted: 3, posted: 2, at: second)
            post.messageID = "1700000000.000100"
            return post
        }
        @Sendable func elsewhere(_ post: Post) -> Post {
            var post = post
            post.channel = Channel(platform: "slack", workspace: "T1", id: "C0")
            return post
        }
        try await backend.withStore { store in
            try await store.write { writer in
                for id in 1...8 { try writer.insert(Sample.change(id)) }
                try writer.save(Sample.post(1, wanted: 3, posted: 3, at: 0))
                try writer.save(Sample.post(2, at: 20))
                try writer.save(Sample.post(3, .history(seq: 9), at: 10))
                try writer.save(Sample.post(3, .notice(seq: 9), at: 10))
                try writer.save(Sample.post(4, at: 30))
                try writer.save(edit(5, at: 40))
                try writer.save(edit(6, at: 35))
                try writer.save(elsewhere(edit(7, at: 50)))
                try writer.save(elsewhere(Sample.post(8, wanted: 3, posted: 3, at: 0)))
            }
            try await store.read { reader throws in
                let first = try reader.firstWaitingPosts()
                #expect(first.compactMap(\.change).sorted() == [3, 6, 7])
                #expect(first.first { $0.change == 3 }?.place == .history(seq: 9))
                #expect(try reader.waitingPosts() == 7)
                #expect(try reader.oldestWaitingPost() == Sample.change(2).updatedAt)
                #expect(try reader.post(change: 1, place: .conversation) == Sample.post(1, wanted: 3, posted: 3, at: 0))
                #expect(try reader.post(change: 1, place: .history(seq: 9)) == nil)
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func replacesAPostByChangeAndPlace(backend: Backend) async throws {
        try await backend.withStore { store in
            var post = Sample.post(1, wanted: 2, at: 0)
            try await store.write { [post] writer in
                try writer.insert(Sample.change(1))
                try writer.save(post)
            }
            post.channel = Channel(platform: "slack", workspace: "T1", id: "C2")
            post.posted = 2
            post.messageID = "1700000000.000100"
            post.tries = 3
            post.nextTry = Sample.start + .seconds(99)
            try await store.write { [post] in try $0.save(post) }
            try await store.read { [post] reader throws in
                #expect(try reader.post(change: 1, place: .conversation) == post)
                #expect(try reader.waitingPosts() == 0)
                #expect(try reader.oldestWaitingPost() == nil)
                #expect(try reader.firstWaitingPosts() == [])
            }
        }
    }

    // MARK: Deliveries

    @Test(arguments: Backend.allCases)
    func remembersTheAnswerToADelivery(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.write { writer in
                try writer.remember(delivery: "old", answer: "#1", at: Sample.start)
                try writer.remember(delivery: "new", answer: "", at: Sample.start + .milliseconds(1))
            }
            await expectConflict {
                try await store.write { try $0.remember(delivery: "new", answer: "again", at: Sample.start) }
            }
            #expect(try await store.read { try $0.answer(toDelivery: "old") } == "#1")
            #expect(try await store.read { try $0.answer(toDelivery: "new") } == "")
        }
    }

    @Test(arguments: Backend.allCases)
    func forgetsOldDeliveriesPortionByPortionTheOldestFirst(backend: Backend) async throws {
        try await backend.withStore { store in
            let moment = Sample.start + .milliseconds(5)
            try await store.write { writer in
                // The later they came, the smaller their key; five are old.
                for number in 0..<10 {
                    let at = Sample.start + .milliseconds(9 - number)
                    try writer.remember(delivery: "\(number)", answer: "", at: at)
                }
            }
            let portions = [
                (0, Array(0..<10)), (2, Array(0..<8)), (2, Array(0..<6)), (1, Array(0..<5)), (0, Array(0..<5)),
            ]
            for (index, portion) in portions.enumerated() {
                let limit = index == 0 ? 0 : 2
                let count = try await store.write { try $0.forgetDeliveries(olderThan: moment, limit: limit) }
                #expect(count == portion.0)
                let left = try await store.read { reader in
                    try (0..<10).filter { try reader.answer(toDelivery: "\($0)") != nil }
                }
                #expect(left == portion.1)
            }
        }
    }
}
