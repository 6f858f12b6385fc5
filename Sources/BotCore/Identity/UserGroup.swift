/// One group of people that a chat platform keeps, by the platform's own ids, written as ``PlatformReference`` says.
package struct UserGroup: Hashable, Sendable, CustomStringConvertible {
    /// The platform's word in the configuration.
    package let platform: String
    /// The workspace or server that the group belongs to.
    package let workspace: String
    /// The platform's id of the group.
    package let id: String

    package init(platform: String, workspace: String, id: String) {
        self.platform = platform
        self.workspace = workspace
        self.id = id
    }

    /// Reads the form of ``PlatformReference``; nil where that is not what stands there.
    package init?(_ text: String) {
        guard let parts = PlatformReference(text) else { return nil }
        self.init(platform: parts.platform, workspace: parts.workspace, id: parts.id)
    }

    package var description: String { PlatformReference.written(platform, workspace, id) }

    /// Returns whether an account is of the same workspace. Accounts of others are never in it.
    package func mayHold(_ account: Account) -> Bool {
        PlatformReference.isSame(platform, account.platform) && PlatformReference.isSame(workspace, account.workspace)
    }

    /// Ids are the same byte by byte, or they are different.
    package static func == (left: Self, right: Self) -> Bool {
        PlatformReference.isSame(left.id, right.id) && PlatformReference.isSame(left.workspace, right.workspace)
            && PlatformReference.isSame(left.platform, right.platform)
    }
}
