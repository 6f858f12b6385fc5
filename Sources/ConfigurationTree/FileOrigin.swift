import BotCore

/// A file of the configuration as it was when it was read: whose it was, and which text it held.
package struct FileOrigin: Hashable, Sendable {
    /// The path as it was given.
    package let path: String
    /// The number of the user that owns it.
    package let owner: UInt32
    package let modifiedAt: Timestamp
    /// The SHA-256 of its bytes.
    package let digest: String
}
