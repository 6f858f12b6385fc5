import Foundation
import GRDB

/// A store as an earlier version left it when it was killed amid its work.
enum OldStore {
    /// What it holds, see the file.
    static let changes = 5
    static let entries = 13

    static func write(to path: String) throws {
        let sql = try String(contentsOfFile: Tools.root + "/Tests/Fixtures/store-0001.sql", encoding: .utf8)
        var configuration = Configuration()
        // The file's rows come table by table, whatever points where.
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.writeWithoutTransaction { try $0.execute(sql: sql) }
        try database.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
