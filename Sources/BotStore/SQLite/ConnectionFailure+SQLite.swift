import BotCore
import GRDB

extension ConnectionFailure {
    /// - Parameter whileCommitting: a commit that failed over the disk may be there after the next start all the same.
    init(_ error: DatabaseError, whileCommitting: Bool = false) {
        self.init(
            error: StoreError(error, whileCommitting: whileCommitting),
            isAboutRow: error.resultCode == .SQLITE_CONSTRAINT,
            endsWriting: error.endsWriting
        )
    }
}
