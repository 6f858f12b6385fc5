import BotCore
import BotStore
import Foundation
import TestSupport

/// A power cut at one moment of a recorded run: the disk as it is found then, and what the store makes of it.
struct PowerCut: Sendable {
    let image: [String: [UInt8]]
    /// What had been said before it: the stage that each change must at least have reached.
    let promised: [Int: NumberedCommit.Stage]
    let description: String

    /// What a cut showed.
    struct Finding: Sendable {
        let cut: String
        /// Changes that are behind what was promised.
        let lost: [Int]
        /// Whether the store, by its marker, found itself older than it had been, and lets nothing be sent.
        let isHeld: Bool
        /// What is wrong otherwise: the store does not open, is damaged, holds a half transaction or takes no more.
        let problem: String?
    }

    /// Every moment of a run that is worth a cut, with some luck each: around every sync, and behind everything that was
    /// said.
    /// - Parameter count: so many cuts at least; more than there are moments repeats them with other luck.
    static func all(
        of records: [DiskRecord],
        count: Int,
        seed: UInt64,
        _ body: (PowerCut) async throws -> Void
    ) async throws {
        let moments = records.indices.filter { index in
            switch records[index].event {
            case .synced, .said: true
            default: index + 1 < records.count && records[index + 1].isSync
            }
        }
        let each = max(1, (count + moments.count - 1) / moments.count)
        var random = Chance(state: seed)
        var model = DiskModel()
        var promised: [Int: NumberedCommit.Stage] = [:]
        var next = moments.makeIterator()
        var moment = next.next()
        for (index, record) in records.enumerated() {
            model.apply(record)
            if case .said(let line) = record.event { promised.merge(Self.promise(line)) { max($0, $1) } }
            guard index == moment else { continue }
            moment = next.next()
            for turn in 0..<each {
                // The hardest of all comes at every moment, the others by turns.
                let others = DiskModel.Luck.allCases.dropFirst()
                let luck = turn == 0 ? .nothing : others[1 + (index + turn) % others.count]
                let image = model.image(luck, &random)
                try await body(
                    PowerCut(image: image, promised: promised, description: "\(luck) after \(index), seed \(seed)")
                )
            }
        }
    }

    private static func promise(_ line: String) -> [Int: NumberedCommit.Stage] {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.count == 2, let number = Int(words[1]) else { return [:] }
        switch words[0] {
        case "opened": return [number: .opened]
        case "settled": return [number: .settled]
        default: return [:]
        }
    }

    /// Starts the store on the disk as it was found.
    /// - Parameter last: the highest number that the run may have written.
    func judge(last: Int) async throws -> Finding {
        let folder = try TemporaryFolder()
        for (path, content) in image {
            let file = URL(fileURLWithPath: folder.file(path))
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(content).write(to: file)
        }
        do {
            let store = try SQLiteStore(path: folder.file("state/clusterbot.db"))
            do {
                let finding = try await judge(store, last: last)
                await store.close()
                return finding
            } catch {
                await store.close()
                throw error
            }
        } catch {
            return Finding(cut: description, lost: [], isHeld: false, problem: "\(error)")
        }
    }

    private func judge(_ store: SQLiteStore, last: Int) async throws -> Finding {
        let stages = try await store.read { try NumberedCommit.stages(upTo: last, in: $0) }
        let lost = promised.filter { (stages[$0.key] ?? .absent) < $0.value }.keys.sorted()
        var problems = try await store.damage()
        if case .broken(let seq, let reason) = try await HistoryVerifier(store).verify() {
            problems.append("entry \(seq) of the history: \(reason)")
        }
        // Goes on from here.
        try await store.write { try NumberedCommit.open(last + 1, in: $0) }
        if try await store.read({ try $0.change(last + 1) }) == nil {
            problems.append("what is written afterwards is not there")
        }
        let isHeld = try await store.read { try $0.hold() } != nil
        return Finding(
            cut: description,
            lost: lost,
            isHeld: isHeld,
            problem: problems.isEmpty ? nil : problems.joined(separator: "; ")
        )
    }
}

extension DiskRecord {
    fileprivate var isSync: Bool { if case .synced = event { true } else { false } }
}

/// Random numbers that come again with the same seed.
struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
