import Sandbox

/// Turns simulated messages into lines for the terminal.
enum Transcript {
    static func lines(_ message: SlackMessage) -> [String] {
        let blocks = (message.blocks.array ?? []).flatMap(lines(ofBlock:))
        return (blocks.isEmpty ? plain(message.text).split(separator: "\n").map(String.init) : blocks)
    }

    private static func lines(ofBlock block: SandboxJSON) -> [String] {
        switch block["type"]?.string {
        case "actions":
            let labels = (block["elements"]?.array ?? []).compactMap { $0["text"]?["text"]?.string }
            return [labels.map { "[\($0)]" }.joined(separator: " ")]
        case "context":
            return (block["elements"]?.array ?? []).compactMap { $0["text"]?.string }.map(plain)
        default:
            let text = block["text"]?["text"]?.string.map { plain($0).split(separator: "\n").map(String.init) } ?? []
            let fields = (block["fields"]?.array ?? []).compactMap { $0["text"]?.string }
                .map { plain($0).replacing("\n", with: ": ") }
            return text + (fields.isEmpty ? [] : [fields.joined(separator: " · ")])
        }
    }

    /// Returns Slack's markup as a person reads it.
    static func plain(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            result += rest[..<open]
            result += token(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
        }
        result += rest
        return result.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
            .replacing("*", with: "").replacing("`", with: "").replacing("\u{200B}", with: "").replacing(
                "\u{2060}",
                with: ""
            )
    }

    private static func token(_ inner: Substring) -> String {
        let label = inner.split(separator: "|", maxSplits: 1).last.map(String.init) ?? ""
        if inner.hasPrefix("#") {
            let channel = SlackWorkspace.demo.channels.first { $0.id == inner.dropFirst() }
            return channel.map { "#\($0.name)" } ?? label
        }
        guard inner.hasPrefix("@") else { return label }
        return "@" + (SlackWorkspace.demo.person(String(inner.dropFirst()))?.name ?? label)
    }
}
