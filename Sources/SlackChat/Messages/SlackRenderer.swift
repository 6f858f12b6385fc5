import BotCore
import ChatKit

/// Turns a message into Slack's JSON: `text` for notifications and screen readers, and `blocks`.
///
/// Every text is escaped (``SlackMarkup``) and cut to Slack's limits (``SlackLimits``), so that Slack never refuses a
/// message because of what somebody wrote, and shows that as text only.
package struct SlackRenderer: Sendable {
    /// The workspace whose accounts are mentioned; others are named.
    package let workspace: String

    package init(workspace: String) { self.workspace = workspace }

    /// Returns the JSON with which a slash command is answered in its HTTP reply (``WebhookAnswer/json``). Only the
    /// person who typed sees a private answer; otherwise the channel sees the command and the answer.
    package func reply(_ message: Message, isPrivate: Bool) -> [UInt8] {
        // Slack's default is private. The type is always written, so that the answer does not depend on a default.
        let type = isPrivate ? "ephemeral" : "in_channel"
        var members = members(of: message)
        members["response_type"] = .string(type)
        return Array(JSONValue.object(members).canonical.utf8)
    }

    /// Returns `text` and `blocks`, both never empty: an edit with only one of them would lose the other.
    func members(of message: Message) -> [String: JSONValue] {
        let markup = SlackMarkup(workspace: workspace, keepsLines: false)
        let isWhole = message.blocks.isEmpty || message.isJoined
        let line = isWhole ? message.summary : FittingText.notification(message.summary)
        let summary = FittingText.fitting(line, limit: SlackLimits.text, render: markup.text)
        var blocks = message.blocks.flatMap(rendered)
        if blocks.isEmpty { blocks = rendered(.text(message.summary)) }
        if blocks.isEmpty { blocks = rendered(.text("(no text)")) }
        if blocks.count > SlackLimits.blocks {
            // The subject of a message is at its start, the buttons and small print at its end.
            let half = SlackLimits.blocks / 2
            blocks = blocks.prefix(half) + rendered(.note("…")) + blocks.suffix(SlackLimits.blocks - half - 1)
        }
        // Slack wants another `block_id` whenever a message is edited. A program that reads the channel tells
        // repetitions by it.
        if let identity = message.identity, case .object(var first)? = blocks.first {
            first["block_id"] = .string(identity.description)
            blocks[0] = .object(first)
        }
        return ["text": .string(summary.isEmpty ? "(no text)" : summary), "blocks": .array(blocks)]
    }

    private func rendered(_ block: Message.Block) -> [JSONValue] {
        switch block {
        case .heading(let title): heading(title)
        case .text(let text): section(SlackMarkup(workspace: workspace), text)
        case .facts(let facts): sections(facts)
        case .quote(let text): quote(text)
        case .buttons(let buttons): actions(buttons)
        case .offers: []
        case .note(let text): note(text)
        }
    }
}

extension SlackRenderer {
    private func heading(_ title: String) -> [JSONValue] {
        let text = Self.plain(title, limit: SlackLimits.header)
        return text.isBlank ? [] : [Self.typed("header", ["text": Self.plainText(text)])]
    }

    private func section(_ markup: SlackMarkup, _ rich: RichText) -> [JSONValue] {
        let text = FittingText.fitting(rich, limit: SlackLimits.sectionText, render: markup.text)
        return text.isBlank ? [] : [Self.typed("section", ["text": Self.mrkdwn(text)])]
    }

    private func sections(_ facts: [Message.Fact]) -> [JSONValue] {
        stride(from: 0, to: facts.count, by: SlackLimits.fields).map { start in
            let fields = facts[start..<min(start + SlackLimits.fields, facts.count)].map(field)
            return Self.typed("section", ["fields": .array(fields)])
        }
    }

    private func field(_ fact: Message.Fact) -> JSONValue {
        let markup = SlackMarkup(workspace: workspace, keepsLines: false)
        let name = FittingText.fitting(
            RichText([.strong(fact.name)]),
            limit: SlackLimits.field / 4,
            render: markup.text
        )
        let room = SlackLimits.field - name.utf16.count - 1
        let value = FittingText.fitting(fact.value, limit: room, render: markup.text)
        return Self.mrkdwn("\(name)\n\(value.isBlank ? "–" : value)")
    }

    /// Quotes a text. Each line begins with the sign of a quotation, so that no text can get out of it. The bot's sign
    /// is not escaped; signs in the text are.
    private func quote(_ text: String) -> [JSONValue] {
        let markup = SlackMarkup(workspace: workspace)
        let quoted = FittingText.fitting(RichText([.plain(text)]), limit: SlackLimits.sectionText) { text in
            markup.text(text).split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }
                .joined(separator: "\n")
        }
        return text.isBlank ? [] : [Self.typed("section", ["text": Self.mrkdwn(quoted)])]
    }

    /// Writes buttons. A value is never cut, because it would no longer name anything: a button whose value is too long
    /// is left out.
    private func actions(_ buttons: [Message.Button]) -> [JSONValue] {
        var rows: [[Message.Button]] = []
        for button in buttons where (1...SlackLimits.buttonValue).contains(button.value.utf16.count) {
            // Within a block each `action_id` may occur once.
            let row = rows.firstIndex { row in
                row.count < SlackLimits.buttons && !row.contains { $0.kind == button.kind }
            }
            if let row { rows[row].append(button) } else { rows.append([button]) }
        }
        return rows.map { Self.typed("actions", ["elements": .array($0.map(element))]) }
    }

    private func element(_ button: Message.Button) -> JSONValue {
        let label = Self.plain(button.label, limit: SlackLimits.buttonLabel)
        var members: [String: JSONValue] = [
            "action_id": .string(button.kind.rawValue), "value": .string(button.value),
            "text": Self.plainText(label.isBlank ? button.kind.rawValue : label),
        ]
        switch button.kind {
        case .approve, .confirm: members["style"] = .string("primary")
        case .deny: members["style"] = .string("danger")
        case .cancel, .sayWhy, .resolveSucceeded, .resolveFailed, .unlock, .offer, .page: break
        }
        return Self.typed("button", members)
    }

    private func note(_ rich: RichText) -> [JSONValue] {
        let markup = SlackMarkup(workspace: workspace, keepsLines: false)
        let text = FittingText.fitting(rich, limit: SlackLimits.contextText, render: markup.text)
        return text.isBlank ? [] : [Self.typed("context", ["elements": .array([Self.mrkdwn(text)])])]
    }

    /// Returns the text of a `plain_text` object. Slack shows it as it is, so nothing is escaped.
    private static func plain(_ text: String, limit: Int) -> String {
        FittingText.fitting(RichText([.plain(text)]), limit: limit) { VisibleText.text($0.plain, keepsLines: false) }
    }

    private static func plainText(_ text: String) -> JSONValue {
        typed("plain_text", ["text": .string(text), "emoji": .bool(false)])
    }

    /// Makes an `mrkdwn` object. `verbatim` keeps Slack from making links of text that looks like an address or a
    /// channel.
    private static func mrkdwn(_ text: String) -> JSONValue {
        typed("mrkdwn", ["text": .string(text), "verbatim": .bool(true)])
    }

    private static func typed(_ type: String, _ members: [String: JSONValue]) -> JSONValue {
        var members = members
        members["type"] = .string(type)
        return .object(members)
    }
}

extension String {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
