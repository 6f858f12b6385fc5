import BotCore

extension ChainedEntry {
    /// The entry in one line, for people.
    package var historyLine: Message.Block {
        guard let document = try? JSONValue(parsing: entry) else { return .text("\(seq): cannot be read") }
        let kind = document["kind"]?.string ?? "?"
        let change = document["change"]?.int.map { "#\($0) " } ?? ""
        let cluster =
            document["cluster"]?["name"]?.string.map { "\(document["cluster"]?["id"]?.int ?? 0) \($0) " } ?? ""
        let who = document["actor"]
        let actor = Actor.shownName(
            person: who?["person"]?.string,
            account: who?["account"]?.string,
            name: who?["name"]?.string
        )
        let detail = document["detail"]
        let what =
            detail?["effect"]?.string ?? detail?["outcome"]?.string ?? detail?["asked"]?.string ?? document["action"]?
            .string ?? ""
        let said = ["reason", "comment"].compactMap { texts[$0]?.text }.map { " “\($0)”" }.joined()
        let when = document["at"]?.string.map { "\($0.prefix(19))Z" } ?? ""
        return .text(
            "\(code: "\(seq)") \(when) \(change)\(cluster)\(strong: kind) by \(actor): \(RichText(marked: what))\(said)"
        )
    }
}
