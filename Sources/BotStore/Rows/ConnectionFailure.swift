import BotCore

/// A failure of the database.
struct ConnectionFailure: Error {
    /// The error for the callers.
    let error: StoreError
    /// Whether it concerns only the row that was to be written: the row contradicts what is stored, and the transaction
    /// can go on.
    let isAboutRow: Bool
    /// Whether it is no longer known what is stored, so that nothing may be written until a fresh start has read it.
    let endsWriting: Bool
}
