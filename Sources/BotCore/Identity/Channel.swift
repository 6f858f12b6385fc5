/// One channel (or conversation) on one chat platform: `slack:T0001/C0OPS`.
package struct Channel: Hashable, Sendable, CustomStringConvertible {
    /// `slack`, …
    package let platform: String
    /// The workspace or server that the channel belongs to.
    package let workspace: String
    /// The platform's id of the channel.
    package let id: String

    package init(platform: String, workspace: String, id: String) {
        self.platform = platform
        self.workspace = workspace
        self.id = id
    }

    /// Reads `platform:workspace/channel`; nil as for ``Account``.
    package init?(_ text: String) {
        guard let parts = PlatformReference(text) else { return nil }
        self.init(platform: parts.platform, workspace: parts.workspace, id: parts.id)
    }

    package var description: String { "\(platform):\(workspace)/\(id)" }
}
