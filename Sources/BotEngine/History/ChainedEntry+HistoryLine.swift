import BotCore

extension ChainedEntry {
    /// The entry in one line, for people.
    package var historyLine: Message.Block {
        guard let record else { return .text("\(seq): cannot be read") }
        let change = record.change.map { "#\($0) " } ?? ""
        let cluster = record.cluster.map { "\($0.id) \($0.name) " } ?? ""
        let what = record.effect ?? record.outcome ?? record.asked ?? record.action ?? ""
        let said = ["reason", "comment"].compactMap { texts[$0]?.text }.map { " “\($0)”" }.joined()
        let when = record.at.isEmpty ? "" : "\(record.at.prefix(19))Z"
        return .text(
            "\(code: "\(seq)") \(when) \(change)\(cluster)\(strong: record.kind) by \(record.actorName): \(RichText(marked: what))\(said)"
        )
    }
}
