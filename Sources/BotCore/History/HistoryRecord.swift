/// An entry of the history as it is read back. Kinds and fields that this version does not know stay as they are.
package struct HistoryRecord: Hashable, Sendable {
    package let seq: Int
    /// RFC 3339, UTC, as it was recorded.
    package let at: String
    /// The name of a ``HistoryEntry/Kind``, or one of a later version.
    package let kind: String
    /// Nil where no change is concerned.
    package let change: Int?
    /// Id and name as they were then; nil where no cluster is concerned.
    package let cluster: Cluster?
    package let action: String?
    /// Whoever did it, as texts call them.
    package let actorName: String
    /// The listed person who did it; nil for others and for the bot.
    package let person: String?
    /// The account by which it was done; nil for the bot.
    package let account: Account?
    /// The change's state after it; nil where the entry says none.
    package let state: String?
    /// What came of it, in a sentence.
    package let outcome: String?
    /// What the plan does, in a few words.
    package let effect: String?
    /// What somebody asked for that stands for several requests.
    package let asked: String?
    /// The further group that is asked.
    package let group: String?
    /// The change that was opened in the place of a superseded one.
    package let replacedBy: Int?
    /// The button that ends the lock that was taken; nil for other entries.
    package let lock: LockButtonValue?
    /// The channel in which a command was given that is about no change.
    package let channel: Channel?
    /// Those whose approval no longer counts, by name, after the rules were replaced.
    package let lost: [String]
    /// Whether others are asked since then.
    package let asksAnew: Bool
    package let isReminder: Bool
    /// Whether a cluster that was looked at runs again.
    package let isBack: Bool
    /// Whether a request was refused because its sender had been told that it was not stored.
    package let isWithdrawal: Bool

    /// Nil for what is no entry.
    package init?(_ entry: ChainedEntry) {
        guard let document = try? JSONValue(parsing: entry.entry), document["kind"]?.string != nil else { return nil }
        let (actor, detail) = (document["actor"], document["detail"])
        seq = entry.seq
        at = document["at"]?.string ?? ""
        kind = document["kind"]?.string ?? ""
        change = document["change"]?.int
        cluster = document["cluster"]?["id"]?.int.map {
            Cluster(id: $0, name: document["cluster"]?["name"]?.string ?? "", project: "")
        }
        action = document["action"]?.string
        person = actor?["person"]?.string
        account = actor?["account"]?.string.flatMap(Account.init)
        actorName = Actor.shownName(
            person: actor?["person"]?.string,
            account: actor?["account"]?.string,
            name: actor?["name"]?.string
        )
        state = detail?["state"]?.string
        isBack = detail?["back"] == .bool(true)
        outcome = detail?["outcome"]?.string
        effect = detail?["effect"]?.string
        asked = detail?["asked"]?.string
        group = detail?["group"]?.string
        replacedBy = detail?["replaced_by"]?.int
        lock = Self.lock(document)
        channel = detail?["channel"]?.string.flatMap(Channel.init)
        lost = detail?["lost"]?.array?.compactMap(\.string) ?? []
        asksAnew = detail?["asks_anew"]?.bool == true
        isReminder = detail?[Detail.reminder]?.bool == true
        isWithdrawal = detail?[Detail.withdrawal]?.bool == true
    }

    private static func lock(_ entry: JSONValue) -> LockButtonValue? {
        guard entry["kind"]?.string == HistoryEntry.Kind.locked.rawValue, let cluster = entry["cluster"]?["id"]?.int,
            let since = entry["detail"]?["since"]?.string.flatMap({ Timestamp($0) })
        else { return nil }
        return LockButtonValue(cluster: cluster, since: since)
    }

    /// Names of fields in an entry's detail that are written in one place and read in another.
    package enum Detail {
        package static let reminder = "reminder"
        package static let withdrawal = "withdrawal"
    }
}

extension ChainedEntry {
    /// What the entry says; nil if it cannot be read.
    package var record: HistoryRecord? { HistoryRecord(self) }
}
