import BotCore
import Glibc
import NIOConcurrencyHelpers

/// Remembers, in a file of its own beside the store, the end of the history. A store that is behind it was restored
/// from a backup: changes that it holds as open may have been carried out long ago.
///
/// It is written after the commit and before a caller is answered, so a crash in between leaves it behind the store,
/// never ahead. Two slots are written in turn, and each carries a digest, so a slot that a power cut tore is ignored.
/// Their space is reserved from the start, so a full disk cannot keep the marker from being written.
final class StoreMarker: Sendable {
    /// One slot is one sector of a disk.
    private static let slotBytes = 512
    private static let slots = 2

    private struct State {
        var writings = 0
        var remembered: HistoryHead?
    }

    private let descriptor: Int32
    private let state = NIOLockedValueBox(State())

    /// The end of the history when the marker was last written; nil before the first time.
    var remembered: HistoryHead? { state.withLockedValue(\.remembered) }

    /// Opens the marker beside a store, or makes an empty one.
    init(beside path: String) throws(StoreError) {
        let file = path + ".marker"
        descriptor = StoreFile.openCompanion(file, O_RDWR | O_CREAT)
        guard descriptor >= 0 else {
            throw StoreError(
                .cannotOpen,
                "The marker \(file) cannot be opened: \(StoreFile.companionProblem(errno))"
            )
        }
        if let found = try Self.state(in: descriptor, file) {
            state.withLockedValue { $0 = found }
        } else {
            // Reserves the disk's space.
            let bytes = [UInt8](repeating: UInt8(ascii: "\n"), count: Self.slotBytes * Self.slots)
            guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, fsync(descriptor) == 0 else {
                throw StoreError(.cannotOpen, "The marker \(file) cannot be written: \(errorSentence(errno))")
            }
            try StoreFile.syncFolder(StoreFile.folder(of: file))
        }
    }

    deinit { Glibc.close(descriptor) }

    /// Reads what the marker beside a store remembers; nil if there is none.
    static func remembered(beside path: String) throws(StoreError) -> HistoryHead? {
        let file = path + ".marker"
        let descriptor = StoreFile.openCompanion(file, O_RDONLY)
        guard descriptor >= 0 else {
            guard errno != ELOOP else {
                let reason = StoreFile.companionProblem(ELOOP)
                throw StoreError(.cannotOpen, "The marker \(file) cannot be opened: \(reason)")
            }
            return nil
        }
        defer { Glibc.close(descriptor) }
        return try state(in: descriptor, file)?.remembered
    }

    /// Remembers the end of the history.
    /// - Parameter isSynced: whether it must be on the disk when this returns, because a request leaves next.
    /// - Returns: false if that failed.
    func remember(_ head: HistoryHead, isSynced: Bool) -> Bool {
        let isWritten = state.withLockedValue { state in
            guard head != state.remembered else { return true }
            state.writings += 1
            let body = "clusterbot-marker 1 \(state.writings) \(head.seq) \(head.hash)"
            var bytes = Array("\(body) \(sha256Hex(body))\n".utf8)
            bytes += [UInt8](repeating: UInt8(ascii: "\n"), count: Self.slotBytes - bytes.count)
            let offset = off_t(state.writings % Self.slots * Self.slotBytes)
            guard pwrite(descriptor, bytes, bytes.count, offset) == bytes.count else { return false }
            state.remembered = head
            return true
        }
        return isWritten && (!isSynced || fdatasync(descriptor) == 0)
    }

    /// Reads the newest slot that is whole.
    private static func state(in descriptor: Int32, _ file: String) throws(StoreError) -> State? {
        var bytes = [UInt8](repeating: 0, count: slotBytes * slots)
        guard pread(descriptor, &bytes, bytes.count, 0) >= 0 else {
            throw StoreError(.cannotOpen, "The marker \(file) cannot be read: \(errorSentence(errno))")
        }
        return stride(from: 0, to: bytes.count, by: slotBytes)
            .compactMap { slot(bytes[$0..<($0 + slotBytes)]) }
            .max { $0.writings < $1.writings }
    }

    private static func slot(_ bytes: ArraySlice<UInt8>) -> State? {
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        guard let end = line.lastIndex(of: " "), sha256Hex(String(line[..<end])) == line[line.index(after: end)...]
        else { return nil }
        let words = line[..<end].split(separator: " ")
        guard words.count == 5, words[0] == "clusterbot-marker", words[1] == "1", let writings = Int(words[2]),
            let seq = Int(words[3])
        else { return nil }
        return State(writings: writings, remembered: HistoryHead(seq: seq, hash: String(words[4])))
    }
}
