/// Mistakes in how the members of groups are called: `ask`, `quiet`, `then`.
extension BrokenConfiguration {
    static let groupCalls: [Self] = [
        ask("{in: ¦nowhere}", "`nowhere` is not one of `channels`"),
        ask("{in: ¦[ops]}", "must be a name from `channels`"),
        ask(
            "{in: ¦\"slack:T0999/C0X\"}",
            "nothing can be posted in `slack:T0999/C0X`, because its workspace is not one of"
        ),
        ask("{in: ¦C0OPS}", "is not one of `channels`"),
        ask("{in: ¦\"irc:x/y\"}", "the platform `irc` is not supported yet"),
        ask("{¦where: ops}", "`ask` of a group"),
        ask("{mention: ¦everybody}", "`everybody` is not a value of `mention`; there is `people`, `group`, `none`"),
        ask("{mention: ¦persons}", "`persons` is not a value of `mention`"),
        ask("{mention: ¦[bob]}", "a value of `mention`"),
        ask("{mention: ¦group}", "only a group with a user group of the chat platform"),
        ask("¦ops", "must be"),
        ask("¦[ops]", "must be"),
        quiet("{¦to: 07:00}".missing("from"), "`from` is missing"),
        quiet("{from: 22:00, to: ¦7:00}", "`to` must be a time of day such as `22:00`"),
        quiet("{from: ¦22, to: 07:00}", "`from` must be a time of day"),
        quiet("{from: ¦24:00, to: 07:00}", "from `00:00` to `23:59`"),
        quiet("{from: 22:00, to: ¦07:60}", "from `00:00` to `23:59`"),
        quiet("{from: ¦10pm, to: 07:00}", "`from` must be a time of day"),
        quiet("{from: 22:00, to: ¦22:00}", "`from` and `to` are the same time"),
        quiet("{from: 22:00, to: 07:00, zone: ¦IST}", "`IST` is not a time zone by its name"),
        quiet("{from: 22:00, to: 07:00, zone: ¦Asia/Kolkatta}", "`Asia/Kolkatta` is not a time zone"),
        quiet("{from: 22:00, to: 07:00, zone: ¦+05:30}", "is not a time zone by its name"),
        quiet("{from: 22:00, ¦until: 07:00}", "`quiet` of a group"),
        quiet("¦22:00-07:00", "must be"),
        then("{¦after: 10m}".missing("from"), "`from` is missing"),
        then("{after: ¦10, from: engineers}", "`after` must be a duration"),
        then("{after: ¦10 min, from: engineers}", "write `10m`"),
        then("{after: ¦0ms, from: engineers}", "`after` must be from"),
        then("{after: 10m, from: ¦managrs}", "`managrs` is not one of `groups`"),
        then("{after: 10m, from: ¦[engineers]}", "must be"),
        then("{after: 10m, from: engineers, ¦count: 2}", "`count`"),
        then("¦engineers", "must be"),
    ]

    private static func ask(_ text: String, _ message: String) -> Self {
        group("ask: \(text)", message)
    }

    private static func quiet(_ text: String, _ message: String) -> Self {
        group("quiet: \(text)", message)
    }

    private static func group(_ key: String, _ message: String) -> Self {
        Self("groups", "groups: {leads: {people: [bob, carol], \(key)}, engineers: {people: [amy]}}", message)
    }

    private static func then(_ text: String, _ message: String) -> Self {
        Self("approval_default", "approval_default: {approvals: [{from: leads, then: \(text)}]}", message)
    }
}

extension String {
    /// The text of a table in which a key is missing: that is said at the table's begin.
    fileprivate func missing(_ key: String) -> String { "¦" + replacing("¦", with: "") }
}
