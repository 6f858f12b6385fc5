import BotCore
import GRDB

extension ConnectionFailure {
    /// - Parameter whileCommitting: whether it happened in a commit: if the disk failed then, the transaction may still
    ///   be there after the next start.
    init(_ error: DatabaseError, whileCommitting: Bool = false) {
        self.init(
            error: StoreError(error, whileCommitting: whileCommitting),
            isAboutRow: error.resultCode == .SQLITE_CONSTRAINT,
            endsWriting: error.endsWriting
        )
    }
}
