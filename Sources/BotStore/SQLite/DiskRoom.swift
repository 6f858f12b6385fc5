import Glibc
import NIOConcurrencyHelpers

/// Whether a file's disk has room for more than what is being stored now.
final class DiskRoom: Sendable {
    /// How long an answer holds: in a burst thousands ask in a second, and no disk fills up by that much in this time.
    private static let holdsFor = 0.02

    private struct Answer {
        var isThere: Bool
        /// Seconds of uptime.
        var until: Double
    }

    private let file: StoreFile
    private let bytes: Int
    private let last = NIOLockedValueBox(Answer(isThere: true, until: 0))

    init(on file: StoreFile, bytes: Int) {
        self.file = file
        self.bytes = bytes
    }

    /// A disk that cannot be asked has room; writing tells.
    var isThere: Bool {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let now = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        return last.withLockedValue { last in
            if now >= last.until {
                last = Answer(isThere: file.freeBytes.map { $0 >= bytes } ?? true, until: now + Self.holdsFor)
            }
            return last.isThere
        }
    }
}
