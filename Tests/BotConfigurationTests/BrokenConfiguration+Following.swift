extension BrokenConfiguration {
    /// Mistakes after which nearly everything else would be unknown. Each is said once.
    static let following: [Self] = [
        Self("people", "people: ¦amy", "must be a list"),
        Self("people", "people: ¦{amy: [\"slack:T0001/U0AMY\"]}", "must be a list"),
        Self("people", "¦poeple: []", "did you mean `people`?"),
        Self("people", "people:\n  - ¦{accounts: [\"slack:T0001/U0AMY\"]}", "the key `name` is missing"),
        Self("people", "people:\n  - {¦nme: amy, accounts: [\"slack:T0001/U0AMY\"]}", "did you mean `name`?"),
        Self("people", "people:\n  - {name: ¦[amy], accounts: [\"slack:T0001/U0AMY\"]}", "not a list"),
        Self("people", "people:\n  - ¦amy", "must hold keys with values"),
        Self("people", "people:\n  - {name: amy, ¦acounts: [\"slack:T0001/U0AMY\"]}", "did you mean `accounts`?").ofAmy,
        whole(
            ["people": "", "groups": "groups: {leads: {people: [¦bob, carol]}, engineers: {people: [amy, bob]}}"],
            "`bob` is nobody, because nobody is listed under `people`"
        ),
        whole(
            [
                "people": listed.replacing("name: amy", with: "name: amyy"),
                "groups":
                    "groups: {leads: {people: [bob, carol]}, engineers: {people: [¦amy]}, team: {people: [amy, bob]}}",
            ],
            "did you mean `amyy`?"
        ),
        whole(
            [
                "people": listed.replacing("name: bob", with: "name: bobb"),
                "groups": "groups: {leads: {people: [¦bob]}, engineers: {people: [amy]}}",
            ],
            "did you mean `bobb`?"
        ),
        Self("groups", "¦gruops: {leads: {people: [bob]}}", "did you mean `groups`?"),
        Self("groups", "groups: ¦[leads, engineers]", "must hold groups under their names"),
        Self("groups", "groups: {leads: ¦[bob, carol], engineers: {people: [amy]}}", "must hold keys with values"),
        Self("groups", "groups: {leads: {people: ¦bob}, engineers: {people: [amy]}}", "must be a list"),
        Self("groups", "groups: {leads: {¦poeple: [bob]}, engineers: {people: [amy]}}", "did you mean `people`?"),
        Self("groups", "groups: {leads: {groups: [¦lads]}, engineers: {people: [amy]}}", "is not one of `groups`"),
        // What is posted in is not said to be foreign where nobody can tell.
        whole(
            posting(
                in: "chat: {slack: {app_id: A0001, workspaces: {T0001: {bot_token: {env: ¦NOT_THERE}}}, \(signed)}}"
            ),
            "`NOT_THERE`"
        ),
        whole(
            posting(
                in: "chat: {slack: {app_id: A0001, workspaces: {T0001: {}}, signing_secrets: [{env: ¦QUOTED_SIGN}]}}"
            ),
            "quotation marks"
        ),
        whole(posting(in: "chat: {¦slak: {app_id: A0001}}"), "did you mean `slack`?"),
        whole(posting(in: "chat: ¦[slack]"), "must hold keys with values"),
        whole(posting(in: "¦chatt: {slack: {app_id: A0001}}"), "did you mean `chat`?"),
        Self("server", "¦sever: {listen: 127.0.0.1:8080}", "did you mean `server`?"),
        Self("store", "¦stor: sqlite:data/clusterbot.db", "did you mean `store`?"),
        Self("cluster_api", "¦clusterapi: {base_url: https://api.example.com}", "did you mean `cluster_api`?"),
        Self("policy", "policy:\n  - {¦nam: a, allow: [changes], who: [engineers]}", "did you mean `name`?"),
        Self("policy", "policy:\n  - {name: a, allow: [changes], ¦whom: [engineers]}", "did you mean `who`?"),
    ]

    /// Accounts on the service's machine that nobody can have.
    static let terminals: [Self] = [
        terminal("os:bot1/65534", "is never an account"), terminal("os:bot1/4294967295", "never an account"),
        terminal("os:bot1/-1", "the user's number"), terminal("os:bot1/01001", "the user's number"),
        terminal("os:bot1/+1001", "is not an account"), terminal("os:bot1/99999999999", "the user's number"),
        terminal("os:bot1", "is not an account"), terminal("os:/1001", "is not an account"),
    ]

    /// Stores that are no path of a file.
    static let stores: [Self] = [
        store("~/clusterbot.db", "write the whole path: `sqlite:/var/lib/clusterbot/clusterbot.db`"),
        store("\"~\"", "`~` stands for nothing here"),
        store("sqlite:~/clusterbot.db", "in `store`, `~` stands for nothing"),
        store("sqlite:///var/lib/x.db", "where it is absolute: `sqlite:/var/lib/x.db`"),
        store("sqlite://x.db", "`store` is no URL"), store("sqlite://bot:canary@db/x", "`store` is no URL"),
        store("sqlite:///", "`sqlite:/var/lib/clusterbot/clusterbot.db`"),
        store("data/clusterbot.db", "then a path: `sqlite:data/clusterbot.db`"),
        store("/var/lib/x.db", "then a path: `sqlite:/var/lib/x.db`"),
        store("sqlite:$HOME/clusterbot.db", "`$` stands for nothing in `store`"),
        store("sqlite:data/", "path of a file that outlives"),
        store("sqlite:file:x.db", "path of a file that outlives"),
        store("\"sqlite:x.db?mode=memory\"", "path of a file that outlives"),
        store("sqlite3:x.db", "must begin with `sqlite:`"), store("SQLite:x.db", "must begin with `sqlite:`"),
        store("[x.db]", "not a list"), store("{sqlite: x.db}", "not keys with values"),
    ]

    /// More keys for later, each an error and never ignored.
    static let notYetEither: [Self] = [
        store(
            "{postgres: {url: \"postgres://bot:canary@db/clusterbot\"}}",
            "PostgreSQL as the store is not supported yet"
        ),
        Self("contact", "¦stand_ins: [{for: leads, from: [leads]}]", "`stand_ins` is not supported yet"),
        rule("{name: at once, ¦emergency: [restart_workers], who: [engineers]}", "`emergency` is not supported yet"),
    ]

    private static let signed = "signing_secrets: [{env: SIGN}]"

    /// The sections with a channel for what comes from the terminal and for what a group is asked.
    private static func posting(in chat: String) -> [String: String] {
        [
            "server": "server: {listen: 127.0.0.1:8080, socket: {channel: ops}}",
            "groups": "groups: {leads: {people: [bob, carol], ask: {in: ops}}, engineers: {people: [amy]}}",
            "chat": chat,
        ]
    }

    private static let listed = Fixture.sections.first { $0.key == "people" }?.text ?? ""

    private static func store(_ value: String, _ message: String) -> Self { Self("store", "store: ¦\(value)", message) }

    private static func terminal(_ account: String, _ message: String) -> Self {
        Self("people", "\(listed)\n  - {name: dan, accounts: [¦\"\(account)\"]}", message)
    }

    private static func whole(_ replacing: [String: String], _ message: String) -> Self {
        Self("whole", Fixture.text(replacing), message)
    }

    /// The same beside the other people of the fixture, without whom their groups would have mistakes of their own.
    private var ofAmy: Self {
        let others =
            "\n  - {name: bob, accounts: [\"slack:T0001/U0BOB\"]}\n  - {name: carol, accounts: [\"slack:T0001/U0CAROL\"]}"
        return Self("people", fragment + others, message)
    }
}
