import BotCore

/// The message about one history entry: for the history channel, where messages are never edited, and for a new line in
/// a conversation.
struct EntryMessage {
    let entry: ChainedEntry
    /// Nil where the entry is about none.
    let change: Change?
    let approvals: [Approval]
    /// A mention of whoever is called by it; nil: nobody is.
    var called: RichText?
    /// Whether its cluster is looked at until it runs again.
    var isFollowed = false
    /// Whether it ends with the entry's place in the history.
    var showsPlace = true

    var message: Message {
        let line = called.map { $0 + " " + sentence } ?? sentence
        let place = showsPlace ? " \(entry.head.short)" : ""
        var message = Message(summary: "\(sentence)\(place)", blocks: [.text(line)])
        if showsPlace { message.blocks.append(.note("\(people)\(entry.head.short)")) }
        message.identity = .init(change: change?.id, .entry(seq: entry.seq))
        return message
    }

    private var sentence: RichText {
        let record = entry.record
        let outcome: RichText = record?.outcome.map { " \(RichText(marked: $0))" } ?? ""
        // An entry about several requests names them in its outcome.
        guard let change, record?.change != nil else {
            guard change == nil else { return "⛔\(outcome)" }
            let said = entry.texts["reason"].map { " “\($0.text)”" } ?? ""
            return
                "\(record?.closingSign.map { "\($0) " } ?? "")\(RichText(marked: record?.outcome ?? record?.kind ?? ""))\(said)"
        }
        let state = record?.state.flatMap(ChangeState.init(rawValue:)) ?? change.state
        if record?.kind == HistoryEntry.Kind.followed.rawValue {
            let sign = record?.isBack == true ? ChangeState.succeeded.sign : "⏳"
            return "\(sign) \(strong: "#\(change.id)") \(strong: change.doneTitle ?? change.title).\(outcome)"
        }
        let again = record?.isReminder == true ? "still " : ""
        let word = entry.texts["reason"] ?? entry.texts["comment"]
        let said: RichText = word.map { " “\($0.text)”" } ?? ""
        // The card beside the line says the rest.
        let isEnough = !showsPlace && (state == .succeeded || state == .unknown && record?.isReminder != true)
        // What was going to happen next when it was told first is over.
        let reminder: RichText = " It is not settled yet, and is never sent again."
        let isDenied = record?.kind == HistoryEntry.Kind.denied.rawValue
        let ending: RichText = isDenied ? "\(word == nil ? "" : ".") Nothing was sent." : ""
        let more: RichText = isEnough ? "" : record?.isReminder == true ? reminder : outcome
        let what = state == .succeeded ? change.doneTitle ?? change.title : change.title
        let next: RichText = isFollowed && state == .succeeded ? " I look at it until it runs." : ""
        return
            "\(state.sign) \(strong: "#\(change.id)") \(again)\(state.word): \(strong: what).\(more)\(said)\(ending)\(next)"
    }

    private var people: RichText {
        guard let change else { return "" }
        let names = approvals.filter { $0.verdict == .approved && $0.counted }.map(\.actor.shownName)
        return "Asked by \(change.requester)\(names.isEmpty ? "" : ", approved by \(names.joined(separator: ", "))"). "
    }
}

extension HistoryRecord {
    /// How the begin or end of a lock, a freeze or a hold looks; nil for other entries.
    var closingSign: String? {
        switch HistoryEntry.Kind(rawValue: kind) {
        case .locked: "🔒"
        case .unlocked: "🔓"
        case .frozen: "❄️"
        case .unfrozen: "☀️"
        case .restored, .held: "⏸"
        case .released: "▶️"
        default: nil
        }
    }
}
