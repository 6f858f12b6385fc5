/// One channel (or conversation) on one chat platform, written as ``PlatformReference`` says.
package struct Channel: Hashable, Sendable, CustomStringConvertible {
    /// The platform's word in the configuration.
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

    /// Reads the form of ``PlatformReference``; nil where that is not what stands there.
    package init?(_ text: String) {
        guard let parts = PlatformReference(text) else { return nil }
        self.init(platform: parts.platform, workspace: parts.workspace, id: parts.id)
    }

    package var description: String { PlatformReference.written(platform, workspace, id) }

    /// Ids are the same byte by byte, or they are different.
    package static func == (left: Self, right: Self) -> Bool {
        PlatformReference.isSame(left.id, right.id) && PlatformReference.isSame(left.workspace, right.workspace)
            && PlatformReference.isSame(left.platform, right.platform)
    }
}
