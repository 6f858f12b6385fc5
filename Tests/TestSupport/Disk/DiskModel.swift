import Foundation

/// The files of a disk, by path.
package struct DiskImage: Sendable {
    package var files: [String: [UInt8]] = [:]

    package init() {}

    /// Puts them into a folder.
    package func write(to folder: String) throws {
        for (path, content) in files {
            let file = URL(fileURLWithPath: "\(folder)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(content).write(to: file)
        }
    }
}

/// A disk as it may be found after a power cut: what was synced is there; of the rest anything may be.
///
/// A file's content is safe when the file was synced, its name when the folder was. That is the least that POSIX promises;
/// file systems in use promise more.
package struct DiskModel {
    /// What a power cut leaves of what was not synced.
    package enum Luck: CaseIterable, Sendable {
        case nothing
        case everything
        /// Written out in the order of the calls, up to some point.
        case inOrder
        /// Written out in any order: of each call all or nothing is there.
        case anyOrder
        /// The same, but of a single write some sectors are there and some are not.
        case torn
    }

    /// What a disk writes whole or not at all.
    private static let sector = 512

    private enum Change {
        case write(offset: Int, bytes: [UInt8])
        case cut(length: Int)
    }

    private struct File {
        var safe: [UInt8] = []
        var pending: [Change] = []
    }

    private enum Entry: Equatable {
        case folder
        case file(Int)
    }

    /// A name that now stands for something else; nil: for nothing.
    private struct NameChange {
        let path: String
        let entry: Entry?
    }

    package init() {}

    /// The disk after everything that was done to it.
    package init(after records: some Sequence<DiskRecord>) {
        for record in records { apply(record) }
    }

    private var files: [File] = []
    /// As the program sees them.
    private var names: [String: Entry] = [:]
    private var safeNames: [String: Entry] = [:]
    private var pendingNames: [NameChange] = []

    /// What happens next.
    package mutating func apply(_ record: DiskRecord) {
        switch record.event {
        case .created:
            files.append(File())
            rename(record.path, .file(files.count - 1))
        case .madeFolder: rename(record.path, .folder)
        case .removed: rename(record.path, nil)
        case .renamed(let path):
            let entry = names[record.path]
            rename(record.path, nil)
            rename(path, entry)
        case .written(let offset, let bytes): change(record.path, .write(offset: offset, bytes: bytes))
        case .cut(let length): change(record.path, .cut(length: length))
        case .synced: sync(record.path)
        case .notSynced: forget(record.path)
        case .said: break
        }
    }

    private mutating func rename(_ path: String, _ entry: Entry?) {
        names[path] = entry
        pendingNames.append(NameChange(path: path, entry: entry))
    }

    private mutating func change(_ path: String, _ change: Change) {
        if case .file(let number) = names[path] { files[number].pending.append(change) }
    }

    private mutating func sync(_ path: String) {
        if case .file(let number) = names[path] {
            for change in files[number].pending { Self.apply(change, to: &files[number].safe) }
            files[number].pending = []
            return
        }
        for change in pendingNames where Self.folder(of: change.path) == path { safeNames[change.path] = change.entry }
        pendingNames.removeAll { Self.folder(of: $0.path) == path }
    }

    /// After a sync that failed, the system may take what it could not write for written.
    private mutating func forget(_ path: String) {
        if case .file(let number) = names[path] { files[number].pending = [] }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// The files that are found after a cut at this moment, by path.
    package func image(_ luck: Luck, _ random: inout some RandomNumberGenerator) -> DiskImage {
        var found = safeNames
        for change in survivors(pendingNames, luck, &random) { found[change.path] = change.entry }
        var image = DiskImage()
        // In a fixed order, so that the same seed gives the same disk.
        for (path, entry) in found.sorted(by: { $0.key < $1.key }) {
            guard case .file(let number) = entry, isReachable(path, found) else { continue }
            var content = files[number].safe
            for change in survivors(files[number].pending, luck, &random) {
                for part in parts(of: change, luck, &random) { Self.apply(part, to: &content) }
            }
            image.files[path] = content
        }
        return image
    }

    private func isReachable(_ path: String, _ found: [String: Entry]) -> Bool {
        let folder = Self.folder(of: path)
        return folder.isEmpty || found[folder] == .folder && isReachable(folder, found)
    }

    private func survivors<Element>(
        _ pending: [Element],
        _ luck: Luck,
        _ random: inout some RandomNumberGenerator
    ) -> [Element] {
        switch luck {
        case .nothing: []
        case .everything: pending
        case .inOrder: Array(pending.prefix(Int.random(in: 0...pending.count, using: &random)))
        case .anyOrder, .torn: pending.filter { _ in Bool.random(using: &random) }
        }
    }

    private func parts(of change: Change, _ luck: Luck, _ random: inout some RandomNumberGenerator) -> [Change] {
        guard luck == .torn, case .write(let offset, let bytes) = change else { return [change] }
        var parts: [Change] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, (offset + start) / Self.sector * Self.sector + Self.sector - offset)
            if Bool.random(using: &random) {
                parts.append(.write(offset: offset + start, bytes: Array(bytes[start..<end])))
            }
            start = end
        }
        return parts
    }

    /// What lies between the end and a write behind it reads as zeros.
    private static func apply(_ change: Change, to content: inout [UInt8]) {
        switch change {
        case .cut(let length):
            if length < content.count {
                content.removeLast(content.count - length)
            } else {
                content += [UInt8](repeating: 0, count: length - content.count)
            }
        case .write(let offset, let bytes):
            let end = offset + bytes.count
            if content.count < end { content += [UInt8](repeating: 0, count: end - content.count) }
            content.replaceSubrange(offset..<end, with: bytes)
        }
    }
}
