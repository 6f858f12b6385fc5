import BotCore
import BotStore
import TestSupport
import Testing

/// F18: the disk gives back other bytes than were written to it. What is read then is what was written, or the damage is
/// noticed: the store does not open, its check or its history says so, or its marker lets nothing be sent.
@Suite("A damaged store", .timeLimit(.minutes(10)))
struct CorruptionTests {
    /// Disks lose whole sectors and put them in the wrong place.
    enum Damage: CaseIterable, CustomTestStringConvertible {
        case zeroedSector, foreignSector, swappedPages, shorter

        var testDescription: String { "\(self)" }
    }

    private static let commits = 8
    private static let turns = 100
    private static let log = DriverRun.storePath + "-wal"

    @Test(arguments: Damage.allCases) func inTheLogIsNoticed(_ damage: Damage) async throws {
        // Killed: everything is in the log.
        let records = try await DriverRun(commits: Self.commits, writesDown: true).records()
        let end = try #require(records.lastIndex { if case .said = $0.event { true } else { false } })
        var none = SplitMix64(seed: 1)
        let image = DiskModel(after: records[...end]).image(.everything, &none)
        try await Self.check(damage, to: Self.log, of: image)
    }

    @Test(arguments: Damage.allCases) func inTheDatabaseIsNoticed(_ damage: Damage) async throws {
        // Ended in good order: everything is in the database, and there is no log.
        let run = try await DriverRun(commits: Self.commits, writesDown: true)
        #expect(run.exit == 0)
        var none = SplitMix64(seed: 1)
        let image = try DiskModel(after: run.records()).image(.everything, &none)
        #expect(image.files[Self.log] == nil)
        try await Self.check(damage, to: DriverRun.storePath, of: image)
    }

    private static func check(_ damage: Damage, to file: String, of image: DiskImage) async throws {
        let sound = try await contents(of: image)
        #expect(sound.changes.count == commits)
        let bytes = try #require(image.files[file])
        var noticed = 0
        for seed in 1...turns {
            var random = SplitMix64(seed: UInt64(seed))
            var damaged = image
            damaged.files[file] = damage.done(to: bytes, &random)
            let found: Contents
            do { found = try await contents(of: damaged) } catch {
                noticed += 1
                continue
            }
            if found.isNoticed { noticed += 1 } else { #expect(found == sound, "\(damage) of \(file), seed \(seed)") }
        }
        // Not all of a file is in use.
        #expect(noticed > turns / 10)
    }

    private struct Contents: Equatable {
        let changes: [Change]
        let history: [ChainedEntry]
        let intents: [Intent?]
        let approvals: [[Approval]]
        let answers: [String?]
        let isNoticed: Bool
    }

    /// Everything that the real store reads from a disk.
    private static func contents(of image: DiskImage) async throws -> Contents {
        let folder = try TemporaryFolder()
        try image.write(to: folder.path)
        let store = try SQLiteStore(path: folder.file(DriverRun.storePath))
        do {
            var isNoticed = try await !store.damage().isEmpty
            if case .broken = try await HistoryVerifier(store).verify() { isNoticed = true }
            let contents = try await store.read { [isNoticed] store in
                let numbers = 1...commits
                return Contents(
                    changes: try store.newestChanges(nil),
                    history: try store.history(from: 1, limit: .max),
                    intents: try numbers.map { try store.intent(of: $0) },
                    approvals: try numbers.map { try store.approvals(of: $0) },
                    answers: try numbers.map { try store.answer(toDelivery: "\($0)") },
                    isNoticed: try isNoticed || store.hold() != nil
                )
            }
            await store.close()
            return contents
        } catch {
            await store.close()
            throw error
        }
    }
}

extension CorruptionTests.Damage {
    private static let sector = 512
    private static let page = 4096

    func done(to bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let sector = place / Self.sector * Self.sector
        let inSector = sector..<min(bytes.count, sector + Self.sector)
        switch self {
        case .zeroedSector: for index in inSector { bytes[index] = 0 }
        case .foreignSector: for index in inSector { bytes[index] = UInt8.random(in: 0...255, using: &random) }
        case .swappedPages:
            let other = Int.random(in: 0..<bytes.count / Self.page, using: &random) * Self.page
            let one = place / Self.page * Self.page
            for index in 0..<Self.page where one + index < bytes.count && one != other {
                bytes.swapAt(one + index, other + index)
            }
        case .shorter: bytes.removeLast(bytes.count - sector)
        }
        return bytes
    }
}
