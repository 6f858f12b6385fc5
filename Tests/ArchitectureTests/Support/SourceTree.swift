import Foundation

/// The Swift files of this repository.
enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file below `Sources`.
    static let sources = Result { try files(in: "Sources") }
    /// Every Swift file below `Tests`.
    static let tests = Result { try files(in: "Tests") }

    private static func files(in folder: String) throws -> [SourceFile] {
        let top = root.appending(path: folder).path
        let paths = FileManager.default.enumerator(atPath: top)?.compactMap { $0 as? String } ?? []
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { try SourceFile(path: "\(folder)/\($0)") }
    }
}
