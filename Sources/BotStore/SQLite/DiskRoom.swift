import Glibc
import NIOConcurrencyHelpers

/// Tells whether a file's disk has a number of bytes free.
final class DiskRoom: Sendable {
    /// The seconds for which an answer is reused: a burst asks thousands of times a second, and no disk fills up by
    /// that much in this time.
    private static let holdsFor = 0.02

    private struct Answer {
        var isThere: Bool
        /// The end of its time, in seconds of uptime.
        var until: Double
    }

    private let file: StoreFile
    private let bytes: Int
    private let last = NIOLockedValueBox(Answer(isThere: true, until: 0))

    init(on file: StoreFile, bytes: Int) {
        self.file = file
        self.bytes = bytes
    }

    /// Whether there is room. A disk that cannot be asked counts as having room; writing will tell.
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
