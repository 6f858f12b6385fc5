import BotCore
import GRDB
import TestSupport
import Testing

@testable import BotStore

@Suite("A full disk", .timeLimit(.minutes(20)))
struct DiskFullTests {
    /// The file may not grow beyond ever more pages, so that the transaction is cut at ever later steps.
    @Test func leavesNothingHalfDoneWhereverItStrikesAndIsOverWhenThereIsSpace() async throws {
        try await withSQLiteStore { store, _ in
            let pages = try await store.setMostPages(to: nil)
            var refusals = 0
            for extra in 0..<200 {
                try await store.setMostPages(to: pages + extra)
                do {
                    try await store.write { writer in
                        try writer.insert(Sample.change(1))
                        for number in 1...100 {
                            _ = try writer.append(Sample.entry(number))
                            try writer.save(Sample.post(1, .history(seq: number), at: number))
                        }
                        try writer.insert(Sample.intent(of: 1))
                    }
                    break
                } catch let error as StoreError {
                    refusals += 1
                    #expect(error.code == .cannotWrite)
                    #expect(error.description.contains("disk is full"))
                    try await store.read { reader throws in
                        #expect(try reader.change(1) == nil)
                        #expect(try reader.historyHead() == .start)
                        #expect(try reader.waitingPosts() == 0)
                        #expect(try reader.intent(of: 1) == nil)
                    }
                }
            }
            #expect(refusals > 10)
            try await store.read { reader throws in
                #expect(try reader.historyHead().seq == 100)
                #expect(try reader.intent(of: 1) != nil)
            }
            #expect(try await store.damage() == [])
            guard case .intact(100, _) = try await HistoryVerifier(store).verify() else {
                Issue.record("the history is broken")
                return
            }
        }
    }

    /// SQLite gives up the whole transaction then: who came before in the batch is told so, who comes after is stored. Also
    /// where the batch is being run again, because one of it had failed.
    @Test(arguments: [false, true])
    func isToldToThoseItHitsAndNobodyElse(isRunAgain: Bool) async throws {
        struct Refused: Error {}
        try await withSQLiteStore { store, _ in
            let pages = try await store.setMostPages(to: nil)
            try await store.setMostPages(to: pages + 2)
            let long = String(repeating: "x", count: 100_000)
            let gate = Gate()
            let first = Task { try await store.write { _ in gate.wait() } }
            await gate.reached()
            let told = await withTaskGroup(of: (Int, StoreError.Code?).self) { group in
                for number in 1...20 {
                    group.addTask {
                        do {
                            try await store.write { writer in
                                let answer = number == 10 ? long : ""
                                try writer.remember(delivery: "\(number)", answer: answer, at: Sample.start)
                                if isRunAgain, number == 3 { throw Refused() }
                            }
                            return (number, nil)
                        } catch {
                            return (number, (error as? StoreError)?.code ?? .conflict)
                        }
                    }
                    await store.waits(for: number)
                }
                gate.open()
                return await group.reduce(into: [Int: StoreError.Code]()) { $0[$1.0] = $1.1 }
            }
            try await first.value
            #expect(told[10] == .cannotWrite)
            #expect(told.values.allSatisfy { $0 == .cannotWrite })
            for number in 11...20 { #expect(told[number] == nil) }
            for number in 1...20 {
                let isStored = try await store.read { try $0.answer(toDelivery: "\(number)") } != nil
                #expect(isStored == (told[number] == nil))
            }
        }
    }
}

extension SQLiteStore {
    /// - Returns: how many pages the file has now.
    @discardableResult
    fileprivate func setMostPages(to most: Int?) async throws -> Int {
        try await write { writer in
            let db = try writer.database
            if let most { try db.execute(sql: "PRAGMA max_page_count = \(most)") }
            return try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        }
    }
}
