import BotCore
import GRDB

extension StoreError {
    static let storeIsClosed = StoreError(.closed, "The store is closed because clusterbot is stopping.")

    /// - Parameter detail: SQLite's own words.
    static func damaged(_ detail: String) -> StoreError {
        StoreError(
            .corrupt,
            "The store's file is damaged (\(detail)). Stop clusterbot, keep the file, and restore a backup."
        )
    }

    /// Creates the error that says what a result of SQLite means here, and what to do about it.
    /// - Parameter whileCommitting: whether it happened in a commit: if the disk failed then, the transaction may still
    ///   be there after the next start.
    init(_ error: DatabaseError, whileCommitting: Bool = false) {
        let code = error.extendedResultCode.rawValue
        let detail = error.message.map { "\(code), \($0)" } ?? "\(code)"
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(.cannotWrite, "The store's disk is full: free some space. Nothing was stored.")
        case .SQLITE_IOERR:
            self.init(
                whileCommitting ? .outcomeUnknown : .cannotWrite,
                "Reading or writing the store's disk failed (SQLite \(detail)). Check the disk, then start clusterbot again: "
                    + "it finds out what was stored."
            )
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .damaged("SQLite \(detail)")
        case .SQLITE_CONSTRAINT:
            self.init(.conflict, "The store does not take a row that contradicts what it holds (SQLite \(detail)).")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .cannotWrite,
                "Another program keeps the store's file locked (SQLite \(detail)). Close it; nothing was stored."
            )
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            self.init(
                .cannotWrite,
                "The store's file or its folder does not let clusterbot in (SQLite \(detail)). Check owner and permissions."
            )
        case .SQLITE_MISUSE where error.message == "Connection is closed":
            self = Self.storeIsClosed
        default:
            self.init(
                .cannotWrite,
                "The store failed (SQLite \(detail)). Nothing was stored. Try again; if it stays so, check the disk."
            )
        }
    }
}

extension DatabaseError {
    /// Whether it is no longer known what is on the disk, so that nothing may be written until a fresh start has read
    /// it.
    ///
    /// Trying again after a failed sync is the classic mistake: the system may have dropped the pages and report
    /// success. A full disk is not of this kind: SQLite rolls back and goes on.
    var endsWriting: Bool {
        switch extendedResultCode {
        case .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_READONLY_DBMOVED: true
        default: false
        }
    }
}
