extension BrokenConfiguration {
    /// Variables, which nothing replaces, and references as other programs spell them.
    static let variables: [Self] = [
        credential("¦\"${E2E_API_KEY}\"", "a secret is written `{env: E2E_API_KEY}`"),
        credential("¦${E2E_API_KEY}", "a secret is written `{env: E2E_API_KEY}`"),
        credential("\"¦key-${E2E_API_KEY}\"".movedBeforeQuote, "`{env: E2E_API_KEY}`"),
        credential("¦\"${canary_key}\"", "`${NAME}` is not replaced here; a secret is written `{env: NAME}`"),
        credential("{env: ¦${KEY}}", "a secret is written `{env: KEY}`"),
        credential("{env: ¦$KEY}", "not the name of an environment"),
        credential("¦$KEY", "must be written `{env: KEY}`"),
        credential("¦$canary", "a secret itself never stands"),
        credential("¦env:KEY", "must be written `{env: KEY}`"),
        credential("¦{env:KEY}", "with a space behind the colon: `{env: KEY}`"),
        credential("¦{env:canary}", "one of the two keys, with a name"),
        credential("{file: ¦~/token}", "begins with `~`, which stands for nothing here; write the whole path"),
        credential("{file: ¦~amy/token}", "begins with `~`"),
        Self(
            "projects",
            "projects:\n  vision:\n    project_id: 1\n    location: Delhi\n    api_key: ¦${KEY}\n    token: {env: TOKEN}",
            "a secret is written `{env: KEY}`"
        ),
        Self("server", "server: {listen: ¦\"${HOST}:8080\"}", "everything else is written out"),
        Self("contact", "contact: ¦\"${CONTACT}\"", "everything else is written out"),
        Self("store", "store: ¦sqlite:${STATE}/clusterbot.db", "everything else is written out"),
    ]

    /// Words behind a `#`, which YAML takes for a comment.
    static let comments: [Self] = [
        rule("{name: a, allow: [changes], who: [engineers], in: [¦#ops]}", "`#` begins a comment here"),
        rule("{name: a, allow: [changes], who: [engineers, ¦#leads]}", "put the word into quotes"),
        rule("{name: a, allow: [changes], who: [engineers], in: ¦#ops}", "`#` begins a comment here"),
        rule("name: a\n    allow: [changes]\n    who: [engineers]\n    in: [¦#ops]", "`#` begins a comment here"),
        rule("name: a\n    allow: [changes]\n    who: [engineers]\n    in: ¦#ops", "`#` begins a comment here"),
        rule(
            "name: a\n    allow: [changes]\n    who: [engineers]\n    in:\n      - ¦#ops",
            "`#` begins a comment here"
        ),
        Self("contact", "contact: ¦#platform-help", "put the word into quotes: `\"#…\"`"),
        Self("contact", "contact:   ¦#platform-help  # whom to ask", "put the word into quotes"),
        Self("channels", "channels: {ops: ¦#ops}", "`#` begins a comment here"),
    ]

    /// Spans of time as people spell them elsewhere.
    static let durations: [Self] = [
        within("1h30m", "write `90m`"), within("\"30 min\"", "write `30m`"), within("30min", "write `30m`"),
        within("1 h", "write `1h`"), within("2hours", "write `2h`"), within("\"1h 30m\"", "write `90m`"),
        within("1d12h", "write `36h`"), within("30M", "write `30m`"),
        within("\"5 minutes, 30 seconds\"", "write `330s`"),
        within("half an hour", "digits and a unit, without a space"), within("-5m", "digits and a unit"),
        within("1.5h", "digits and a unit"), within("30", "digits and a unit"), within("8d", "from 100ms to 168h"),
        within("[30m]", "not a list"),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", timeouts: {total: ¦1m30s}}",
            "write `90s`"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", timeouts: {connect: ¦5 sec}}",
            "write `5s`"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", reconcile: {give_up: ¦1 day}}",
            "write `24h`"
        ),
    ]

    /// Characters that nobody sees, or that are taken for others.
    static let characters: [Self] = [
        Self(
            "contact",
            "cont¦\u{430}ct: help",
            "U+0430 (CYRILLIC SMALL LETTER A) stands here, which only looks like `a`"
        ),
        Self("server", "server: {list¦\u{435}n: 127.0.0.1:8080}", "U+0435"),
        Self("chat", "chat: {sla¦\u{441}k: {}}", "which only looks like `c`; type the Latin letter"),
        Self("people", "people:\n  - {name: ¦\u{430}my, accounts: [\"slack:T0001/U0AMY\"]}", "U+0430"),
        Self(
            "people",
            "people:\n  - {name: amy, accounts: [\"slack:T0001/U0¦\u{410}MY\"]}",
            "CYRILLIC CAPITAL LETTER A"
        ),
        Self("clusters", "clusters:\n  - {id: 42, name: pr¦\u{3BF}d, project: vision}", "GREEK SMALL LETTER OMICRON"),
        Self("clusters", "clusters:\n  - {id: 42, name: pr¦\u{585}d, project: vision}", "ARMENIAN SMALL LETTER OH"),
        Self("clusters", "clusters:\n  - {id: 42, name: pr¦\u{FF4F}d, project: vision}", "only looks like `o`"),
        rule("{name: a, allow: [changes], who: [engine¦\u{435}rs]}", "U+0435"),
        rule("{name: a, allow: [changes], who: [engineers], in: [¦\u{43E}\u{440}\u{455}]}", "`ops` looks the same"),
        Self("contact", "contact:¦\u{A0}help", "U+00A0 (NO-BREAK SPACE) stands here, which is no space for YAML"),
        Self("contact", "contact: amy¦\u{3000}bob", "type an ordinary space"),
        Self("contact", "contact: he¦\u{200B}lp", "an invisible character stands here, U+200B (ZERO WIDTH SPACE)"),
        Self("contact", "contact: he¦\u{AD}lp", "U+00AD (SOFT HYPHEN); remove it"),
        Self("contact", "contact: \"he¦\u{202E}lp\"", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        Self("contact", "# a note ¦\u{202E}\ncontact: help", "an invisible character"),
        Self("contact", "# a note¦\u{2028}contact: help", "U+2028 (LINE SEPARATOR)"),
        Self("contact", "contact: ¦\u{FEFF}help", "U+FEFF"),
        Self("contact", "contact: he¦\u{3164}lp", "HANGUL FILLER"),
    ]

    private static func credential(_ value: String, _ message: String) -> Self {
        Self(
            "projects",
            "projects: {vision: {project_id: 1, location: Delhi, api_key: \(value), token: {env: TOKEN}}}",
            message
        )
    }

    private static func within(_ span: String, _ message: String) -> Self {
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: leads}], within: ¦\(span)}}",
            message
        )
    }
}

extension String {
    /// A quoted scalar begins at its quote.
    fileprivate var movedBeforeQuote: String { replacing("\"¦", with: "¦\"") }
}
