import Foundation

/// A file of JSON lines that outlives `kill -9`: each line is handed to the kernel before the append returns.
///
/// It is not flushed to the disk, so it does not promise to survive a loss of power; the worlds it serves are simulated.
/// Not safe for several writers at once; its owner is one actor.
struct Journal {
    private let file: FileHandle?

    /// Opens or creates the file; without a path nothing is kept.
    init(path: String?) throws {
        guard let path else {
            file = nil
            return
        }
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil) else {
                throw JournalError(path: path, reason: "cannot be created; is the folder there and writable?")
            }
        }
        guard let file = FileHandle(forUpdatingAtPath: path) else {
            throw JournalError(path: path, reason: "cannot be opened for writing")
        }
        self.file = file
    }

    /// Every whole line so far. What a crash left of an unfinished last line is cut off.
    ///
    /// - Throws: ``JournalError`` for a whole line that is not JSON: then it is somebody else's file.
    func lines() throws -> [SandboxJSON] {
        guard let file else { return [] }
        try file.seek(toOffset: 0)
        let bytes = try file.readToEnd() ?? Data()
        let whole =
            bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes.distance(from: bytes.startIndex, to: $0) + 1 } ?? 0
        try file.truncate(atOffset: UInt64(whole))
        try file.seekToEnd()
        return try bytes.prefix(whole).split(separator: UInt8(ascii: "\n")).enumerated().map { number, line in
            guard let value = SandboxJSON(parsing: line) else {
                throw JournalError(
                    path: "line \(number + 1)",
                    reason: "is not JSON; this is not a journal of the sandbox"
                )
            }
            return value
        }
    }

    /// Adds one line. A failure to write is an error of the world itself and ends the request that caused it.
    func append(_ line: SandboxJSON) throws {
        guard let file else { return }
        try file.write(contentsOf: Data(line.bytes + [UInt8(ascii: "\n")]))
    }
}
