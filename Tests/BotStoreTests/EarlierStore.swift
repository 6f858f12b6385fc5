import Testing

/// A store as a released version left it: one of `Tests/Fixtures`.
struct EarlierStore: CustomTestStringConvertible {
    let name: String
    let changes: Int
    let entries: Int
    let posts: Int

    var testDescription: String { name }

    static let all =
        [
            Self(name: "store-0001-every-state", changes: 18, entries: 57, posts: 32),
            Self(name: "store-0008-every-state", changes: 18, entries: 57, posts: 32),
            Self(name: "store-0008-played", changes: 4, entries: 14, posts: 6),
        ]
        + (1...7).map { Self(name: "store-000\($0)-killed", changes: 5, entries: 13, posts: 7) }
}
