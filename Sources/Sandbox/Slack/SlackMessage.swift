/// A line in a simulated channel.
package struct SlackMessage: Codable, Sendable, Equatable {
    /// The source of a line.
    package enum Kind: String, Codable, Sendable {
        /// Written by a person or posted by the app.
        case message
        /// The slash command that somebody typed, as only they see it (or everybody, if the app answers `in_channel`).
        case command
        /// Slack's own words about something that failed.
        case notice
    }

    package let channel: String
    /// Slack's name for it within its channel: unique and increasing.
    package let ts: String
    package let kind: Kind
    /// The user id of the author: the app's own for what the app posts, `USLACKBOT` for notices.
    package let author: String
    /// The app that wrote it, where that is another than the workspace's own; nil for people and for the own app.
    package var bot: SlackAuthor.Bot?
    /// The only user who sees an ephemeral message; nil: everybody does.
    package var visibleTo: String?
    package var text: String
    /// The Block Kit blocks; an empty array if it has none.
    package var blocks: SandboxJSON
    package var metadata: SandboxJSON?
    package var threadTS: String?
    /// The time of the last edit, in the form of a `ts`.
    package var edited: String?
    package var isDeleted = false
    /// Slack's words to people whose click did not reach the app, by user id.
    package var warnings: [String: String] = [:]
    /// The workspace's revision at which it changed last.
    package var revision = 0

    package init(channel: String, ts: String, kind: Kind, author: String, visibleTo: String?, text: String) {
        self.channel = channel
        self.ts = ts
        self.kind = kind
        self.author = author
        self.visibleTo = visibleTo
        self.text = text
        blocks = []
    }

    /// Every button of the message, as the JSON of its element with the `block_id` beside it.
    package var buttons: [SandboxJSON] {
        (blocks.array ?? []).flatMap { block -> [SandboxJSON] in
            let elements = (block["elements"]?.array ?? []) + (block["accessory"].map { [$0] } ?? [])
            return elements.filter { $0["type"] == "button" }.map { element in
                var element = element
                element["block_id"] = block["block_id"]
                return element
            }
        }
    }

    /// The words that a person can read: the text and all texts of the blocks, one a line.
    package var readable: String {
        ([text] + Self.texts(of: blocks)).joined(separator: "\n")
    }

    private static func texts(of value: SandboxJSON) -> [String] {
        switch value {
        case .array(let items): items.flatMap(texts)
        case .object(let members):
            members.keys.sorted().flatMap { key -> [String] in
                guard key == "text", let text = members[key]?.string else { return members[key].map(texts) ?? [] }
                return [text]
            }
        default: []
        }
    }
}
