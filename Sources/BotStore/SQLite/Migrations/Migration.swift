/// One step that brings the tables of an older store up to date. Its SQL is written out in full and never changes once
/// it was released: every store went, or will go, through the same statements.
///
/// Times are milliseconds since 1970 UTC, JSON is canonical text.
protocol Migration: SendableMetatype {
    /// The name by which the store remembers that the step was done.
    static var name: String { get }
    /// The statements, run in one transaction.
    static var sql: String { get }
}
