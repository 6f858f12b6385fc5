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

/// The written form that accounts and channels share.
private struct PlatformReference {
    let platform: String
    let workspace: String
    let id: String

    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let slash = text.lastIndex(of: "/"), colon < slash else {
            return nil
        }
        platform = String(text[..<colon])
        workspace = String(text[text.index(after: colon)..<slash])
        id = String(text[text.index(after: slash)...])
        for part in [platform, workspace, id] where part.isEmpty || !part.utf8.allSatisfy(Self.isAllowed) { return nil }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
