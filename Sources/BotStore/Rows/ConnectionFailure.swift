import BotCore

/// What went wrong in the database.
struct ConnectionFailure: Error {
    /// What callers are told.
    let error: StoreError
    /// Whether it is about the row alone that was to be written: it contradicts what is stored, and everything else holds.
    let isAboutRow: Bool
    /// Whether nobody knows any more what is stored, so that nothing may be written until a fresh start has read it.
    let endsWriting: Bool
}
