import TestSupport

/// A store as an earlier version left it when it was killed amid its work.
enum OldStore {
    /// What it holds, see the file.
    static let changes = 5
    static let entries = 13

    static func write(to path: String) throws { try StoreFixture("store-0001-killed").write(to: path) }
}
