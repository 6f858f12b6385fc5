/// One account on one chat platform, by the platform's own stable ids: `slack:T0001/U0AMY`.
///
/// Rights hang on this and on nothing that a user can change (names, e-mail addresses, handles).
package struct Account: Hashable, Sendable, CustomStringConvertible {
    /// `slack`, `os`, …
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

    /// Reads `platform:workspace/user`; nil when a part is missing or holds anything but letters, digits, `.`, `_`, `-`.
    package init?(_ text: String) {
        guard let parts = PlatformReference(text) else { return nil }
        self.init(platform: parts.platform, workspace: parts.workspace, user: parts.id)
    }

    package var description: String { "\(platform):\(workspace)/\(user)" }
}
