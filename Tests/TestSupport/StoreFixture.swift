import Foundation
import GRDB

/// A store as an earlier version of the program left it, kept as SQL in `Tests/Fixtures`. A file there is never changed.
package struct StoreFixture: Sendable {
    private let sql: String

    /// - Parameter name: of the file, without its ending.
    package init(_ name: String) throws {
        sql = try String(contentsOfFile: TestFolder.file("Fixtures/\(name).sql"), encoding: .utf8)
    }

    /// Makes the store, as only its owner may read it.
    package func write(to path: String) throws {
        var configuration = Configuration()
        // The file's rows come table by table, whatever points where.
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
