import Foundation
import TestSupport
import Testing

/// A second database shall be an adapter, and not a second set of rows.
@Suite("What the rows know", .timeLimit(.minutes(20)))
struct LayerTests {
    @Test func isNoDatabase() throws {
        let sources = URL(fileURLWithPath: TestFolder.file("../Sources/BotStore")).standardizedFileURL
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        let isAdapters = { (file: URL) in file.path.contains("/BotStore/SQLite/") }
        #expect(files.contains(where: isAdapters))
        for file in files where !isAdapters(file) {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains(/import (GRDB|CSQLite|SQLite)|sqlite3_/), "\(file.lastPathComponent)")
        }
    }
}
