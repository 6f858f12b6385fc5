import TestSupport

/// A power cut at one moment of a recorded run: the disk as it is found then, and what the store makes of it.
struct PowerCut: Sendable {
    let image: DiskImage
    /// What had been said before it: the stage that each change must at least have reached.
    let promised: [Int: NumberedCommit.Stage]
    let description: String

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
        var random = SplitMix64(seed: seed)
        var model = DiskModel()
        var promised: [Int: NumberedCommit.Stage] = [:]
        var next = moments.makeIterator()
        var moment = next.next()
        for (index, record) in records.enumerated() {
            model.apply(record)
            if case .said(let line) = record.event { promised.merge(DriverLine(line).promise) { max($0, $1) } }
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

    /// Starts the store on the disk as it was found.
    /// - Parameter last: the highest number that the run may have written.
    func judge(last: Int) async throws -> StoreFinding {
        let folder = try TemporaryFolder()
        try image.write(to: folder.path)
        return await StoreFinding(
            of: folder.file(DriverRun.storePath),
            promised: promised,
            last: last,
            situation: description
        )
    }
}

extension DiskRecord {
    fileprivate var isSync: Bool { if case .synced = event { true } else { false } }
}
