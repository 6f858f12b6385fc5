/// One account on one chat platform, by the platform's own stable ids, written as ``PlatformReference`` says.
///
/// Rights hang on this and on nothing that a user can change (names, e-mail addresses, handles).
package struct Account: Hashable, Sendable, CustomStringConvertible {
    /// The platform's word in the configuration; `os` for whoever types on the service's machine.
    package let platform: String
    /// The workspace, server or host that the user id belongs to.
    package let workspace: String
    /// The platform's id of the user.
    package let user: String

    package init(platform: String, workspace: String, user: String) {
        self.platform = platform
        self.workspace = workspace
        self.user = user
    }

    /// Reads the form of ``PlatformReference``; nil where that is not what stands there.
    package init?(_ text: String) {
        guard let parts = PlatformReference(text) else { return nil }
        self.init(platform: parts.platform, workspace: parts.workspace, user: parts.id)
    }

    package var description: String { PlatformReference.written(platform, workspace, user) }

    /// Ids are the same byte by byte, or they are different.
    package static func == (left: Self, right: Self) -> Bool {
        PlatformReference.isSame(left.user, right.user) && PlatformReference.isSame(left.workspace, right.workspace)
            && PlatformReference.isSame(left.platform, right.platform)
    }
}
