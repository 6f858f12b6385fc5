import BotCore

/// The message about one history entry: for the history channel, where messages are never edited, and for a notice in
/// the conversation.
struct EntryMessage {
    let entry: ChainedEntry
    let change: Change
    let approvals: [Approval]

    var message: Message {
        let record = entry.record
        let state = record?.state ?? change.state.rawValue
        let outcome: RichText = record?.outcome.map { " \(RichText(marked: $0))" } ?? ""
        let again = record?.isReminder == true ? "still " : ""
        let said = (entry.texts["reason"] ?? entry.texts["comment"]).map { " “\($0.text)”" } ?? ""
        // An entry about several requests names them in its outcome.
        let isOfChange = record?.change != nil
        let line: RichText =
            isOfChange
            ? "\(strong: "#\(change.id)") \(strong: change.title) – \(again)\(state).\(outcome)\(said)" : "⛔\(outcome)"
        let people: RichText = "Asked by \(change.requester)\(agreed). \(entry.head.short)"
        return Message(summary: "\(line) \(entry.head.short)", blocks: [.text(line), .note(people)])
    }

    private var agreed: RichText {
        let names = approvals.filter { $0.verdict == .approved && $0.counted }.map(\.actor.shownName)
        return names.isEmpty ? "" : ", approved by \(names.joined(separator: ", "))"
    }
}
