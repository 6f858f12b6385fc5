extension BrokenConfiguration {
    /// Files that are no configuration at all.
    static let files: [Self] = [
        Self("whole", "¦", "the file is empty"),
        Self("whole", "¦# only a comment\n", "the file is empty"),
        Self("whole", "¦- a\n- b\n", "must hold keys with values, not a list"),
        Self("whole", "¦just text\n", "not a single value"),
        Self("whole", Fixture.text() + "¦---\nserver: {}\n", "a second document begins here"),
        Self("whole", "server:\n  listen: [1\nstore¦: x\n", "this is not YAML"),
        Self("whole", "server:\n¦\tlisten: a:1\n", "indent with spaces"),
        Self("whole", "server: \"open\n¦", "this is not YAML"),
        Self("whole", "server: {listen: ¦*host}\n", "needs quotes"),
        Self("whole", "contact: \"a\"\nserver: ¦@x\n", "special character"),
        Self("whole", "contact: a¦\u{7}b\n", "control character (U+7)"),
        Self("server", "server: ¦&here {listen: 127.0.0.1:8080}", "anchors and aliases"),
        Self("contact", "contact: ¦!!int 5", "tags"),
        Self("contact", "contact: help\n¦contact: other", "the key `contact` is there twice, first on line"),
        Self("server", "server:\n  listen: 127.0.0.1:8080\n  ¦listen: 127.0.0.1:8081", "`listen` is there twice"),
        Self("server", "server: {\"listen\": 127.0.0.1:8080, ¦listen: 127.0.0.1:8081}", "`listen` is there twice"),
        Self("server", "server: {listen: 127.0.0.1:8080, ¦[a]: b}", "a key must be a plain word"),
        Self("contact", "¦kontact: help", "unknown key `kontact`; did you mean `contact`?"),
        Self("contact", "¦zzzzzz: help", "unknown key `zzzzzz`; keys of the configuration are `server`, `store`"),
        Self("contact", "¦<<: {contact: help}", "merge keys"),
        Self("contact", "¦contact:canary: a", "unknown key `contact…`"),
        Self("contact", "¦canary7: a", "unknown key here"),
        Self("contact", "contact:¦", "not nothing"),
        Self("contact", "contact: ¦\"\"", "one line of 1 to 200 characters"),
        Self("contact", "contact: ¦\"a\\nb\"", "one line"),
        Self("contact", "contact: ¦[a]", "not a list"),
    ]

    private static func socket(_ section: String, _ message: String) -> Self {
        Self("server", "server: {listen: 127.0.0.1:8080, socket: \(section)}", message)
    }

    /// Mistakes in `server`, `store` and `cluster_api`.
    static let service: [Self] = [
        Self("server", "", "the key `server` is missing").atStart,
        Self("server", "server: ¦here", "must hold keys with values"),
        Self("server", "server: ¦{public_url: https://a.example}", "the key `listen` is missing"),
        Self("server", "server: {¦lisen: 1, listen: 127.0.0.1:8080}", "unknown key `lisen`; did you mean `listen`?"),
        Self("server", "server: {listen: ¦8080}", "HOST:PORT"),
        socket("{¦pth: a}", "did you mean `path`?"),
        socket("{path: ¦/run/clusterbot/}", "names a file"),
        socket("{path: ¦/\(String(repeating: "x", count: 107))}", "at most 107 bytes"),
        socket("{group: ¦\"o ps\"}", "the name of a system group"),
        socket("{host: ¦\"bot1/2\"}", "the name of this machine"),
        socket("{channel: ¦opps}", "did you mean `ops`?"),
        socket("{channel: ¦\"os:bot1/terminal\"}", "is not a channel"),
        socket("{channel: ¦\"slack:T0002/C0OPS\"}", "nothing can be posted in"),
        socket("{approvals: ¦yes}", "must be `true` or `false`"),
        Self("server", "server: {listen: ¦127.0.0.1}", "HOST:PORT"),
        Self("server", "server: {listen: ¦127.0.0.1:66000}", "HOST:PORT"),
        Self("server", "server: {listen: ¦\"::1:8080\"}", "in brackets"),
        Self(
            "server",
            "server: {listen: \"127.0.0.1:80\", private_listen: ¦\"127.0.0.1:80\"}",
            "is the same as `listen`"
        ),
        Self(
            "server",
            "server: {listen: \"a:1\", public_url: ¦http://bot.example.com}",
            "only for this machine itself"
        ),
        Self("server", "server: {listen: \"a:1\", public_url: ¦bot.example.com}", "with `https://` in front"),
        Self(
            "server",
            "server: {listen: \"a:1\", public_url: ¦https://bot.example.com/?a=canary}",
            "must not hold a query"
        ),
        Self(
            "server",
            "server: {listen: \"a:1\", public_url: ¦https://u:canary@bot.example.com/}",
            "must not hold a user"
        ),
        Self("server", "server: {listen: \"a:1\", public_url: ¦https://}", "comes a host"),
        Self(
            "server",
            "server: {listen: \"a:1\", public_url: ¦http://127.0.0.1.example.com}",
            "only for this machine itself"
        ),
        Self("store", "", "the key `store` is missing").atStart,
        Self("store", "store: ¦mysql:canary", "must begin with `sqlite:`"),
        Self("store", "store: ¦\"sqlite::memory:\"", "outlives the process"),
        Self("store", "store: ¦\"sqlite:\"", "path of a file"),
        Self("cluster_api", "cluster_api: ¦{}", "the key `base_url` is missing"),
        Self("cluster_api", "cluster_api: {base_url: ¦http://api.example.com/v1}", "only for this machine itself"),
        Self(
            "cluster_api",
            "cluster_api: {base_url: ¦\"https://api.example.com/?apikey=canary\"}",
            "must not hold a query"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", read_back: ¦no}",
            "must be `true` or `false`"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", timeouts: {total: ¦30}}",
            "digits and a unit"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", timeouts: {total: ¦2h}}",
            "must be from 10ms to 2m"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", timeouts: {connect: ¦31s}}",
            "is longer than `total`"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", reconcile: {every: ¦0s}}",
            "must be from 10ms to 1h"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", reconcile: {give_up: ¦1m}}",
            "shorter than `after`"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", reconcile: {¦giveup: 1h}}",
            "did you mean `give_up`?"
        ),
        Self("cluster_api", "cluster_api: {base_url: \"https://a.example\", ip_types: ¦reserved}", "must be a list"),
        Self("cluster_api", "cluster_api: {base_url: \"https://a.example\", ip_types: ¦[]}", "is empty"),
        Self("cluster_api", "cluster_api: {base_url: \"https://a.example\", ip_types: [a, ¦A]}", "is there twice"),
        Self("cluster_api", "cluster_api: {base_url: \"https://a.example\", ip_types: [¦a b]}", "must be one word"),
        Self("cluster_api", "cluster_api: {base_url: \"https://a.example\", statuses: {¦bussy: [A]}}", "`busy`?"),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", statuses: {busy: [Moving], ¦down: [moving]}}",
            "stands under `busy` and under `down`"
        ),
        Self(
            "cluster_api",
            "cluster_api: {base_url: \"https://a.example\", timeouts: {total: ¦121s}}",
            "must be from 10ms to 2m"
        ),
        Self("contact", "limits: {open_changes: ¦0}", "a whole number from 1"),
        Self("contact", "limits: {requests_per_minute: ¦many}", "in digits only"),
        Self("contact", "limits: {¦open: 5}", "unknown key `open`"),
        Self("contact", "egress: {¦via: a}", "unknown key `via`"),
        Self("contact", "egress: {proxy: ¦proxy.corp:3128}", "`proxy` must be `http://HOST:PORT`"),
        Self("contact", "egress: {proxy: ¦http://proxy.corp}", "must be `http://HOST:PORT`"),
        Self("contact", "egress: {proxy: ¦socks5://proxy.corp:1080}", "must be `http://HOST:PORT`"),
        Self("contact", "egress: {proxy: ¦http://proxy.corp:3128/path}", "must be `http://HOST:PORT`"),
        Self("contact", "egress: {proxy: ¦http://me:canary@proxy.corp:3128}", "`proxy`: a proxy that asks"),
        Self("contact", "egress: {no_proxy: ¦[10.0.0.0/8]}", "without `proxy`"),
        Self("contact", #"egress: {proxy: "http://p.corp:1", no_proxy: [¦10.0.0.0/33]}"#, "a network such as"),
        Self("contact", #"egress: {proxy: "http://p.corp:1", no_proxy: [¦"*.corp"]}"#, "without a scheme"),
        Self("contact", "egress: {ca_file: ¦/absent/corp.pem}", "`ca_file` cannot be read"),
        Self("contact", "egress: {ca_file: ¦/etc/passwd}", "`ca_file` holds no certificate"),
    ]

    /// Mistakes in `projects`, `labels` and `clusters`.
    static let clusters: [Self] = [
        Self("projects", "projects: ¦{}", "is empty"),
        Self(
            "projects",
            (Fixture.sections.first { $0.key == "projects" }?.text ?? "")
                + "\n  ¦a/b: {project_id: 1, location: Delhi, api_key: {env: KEY}, token: {env: TOKEN}}",
            "cannot be the name of a project"
        ),
        project("project_id: ¦x1, location: Delhi, api_key: {env: KEY}, token: {env: TOKEN}", "in digits only"),
        project("project_id: ¦0, location: Delhi, api_key: {env: KEY}, token: {env: TOKEN}", "from 1 to 2147483647"),
        project("project_id: ¦٤, location: Delhi, api_key: {env: KEY}, token: {env: TOKEN}", "in digits only"),
        project("project_id: 1, location: ¦Dehli, api_key: {env: KEY}, token: {env: TOKEN}", "did you mean `Delhi`?"),
        project(
            "project_id: 1, location: Delhi, api_key: ¦canary, token: {env: TOKEN}",
            "`{env: NAME}` or `{file: PATH}`"
        ),
        project("project_id: 1, location: Delhi, api_key: ¦{canary: a}, token: {env: TOKEN}", "one of the two keys"),
        project(
            "project_id: 1, location: Delhi, api_key: ¦{env: KEY, file: a}, token: {env: TOKEN}",
            "one of the two keys"
        ),
        project(
            "project_id: 1, location: Delhi, api_key: ¦[canary], token: {env: TOKEN}",
            "`{env: NAME}` or `{file: PATH}`"
        ),
        project(
            "project_id: 1, location: Delhi, api_key: {env: ¦canary-key}, token: {env: TOKEN}",
            "not the name of an environment"
        ),
        project(
            "project_id: 1, location: Delhi, api_key: {env: ¦MISSING}, token: {env: TOKEN}",
            "`MISSING` for `api_key` is not set"
        ),
        project(
            "project_id: 1, location: Delhi, api_key: {env: ¦canary}, token: {env: TOKEN}",
            "named here for `api_key` is not set"
        ),
        project(
            "project_id: 1, location: Delhi, api_key: {env: ¦EMPTY}, token: {env: TOKEN}",
            "`EMPTY` for `api_key` is empty"
        ),
        project(
            "project_id: 1, location: Delhi, api_key: {env: KEY}, token: {env: ¦TWO_LINES}",
            "holds spaces, line breaks"
        ),
        project(
            "project_id: 1, location: Delhi, api_key: {env: KEY}, token: {file: ¦canary}",
            "the file named here for `token` does not exist"
        ),
        project(
            "project_id: 1, location: Delhi, api_key: {env: KEY}, token: {file: ¦/nowhere/token}",
            "`/nowhere/token`"
        ),
        project("project_id: 1, location: Delhi, api_key: {env: KEY}, token: {file: ¦/dev/null}", "not a regular file"),
        project("project_id: 1, location: Delhi, token: {env: TOKEN}", "the key `api_key` is missing"),
        project(
            "project_id: 1, location: Delhi, api_key: {env: KEY}, token: {env: TOKEN}, token_ends: ¦2027-02-29",
            "a day that exists"
        ),
        project(
            "project_id: 1, location: Delhi, api_key: {env: KEY}, token: {env: TOKEN}, token_ends: ¦01.03.2027",
            "a date such as"
        ),
        Self("labels", "labels: {env: ¦prod}", "must be a list"),
        Self("labels", "labels: {env: [dev, prod, ¦\"a b\"]}", "cannot be the value of a label"),
        Self("labels", "labels: {env: [dev, prod, ¦dev]}", "is there twice"),
        Self("clusters", "", "the key `clusters` is missing").atStart,
        Self("clusters", "clusters: ¦[]", "is empty"),
        cluster("{id: 1, name: a, project: vision, ¦colour: red, labels: {env: dev}}", "unknown key `colour`"),
        cluster("¦{name: a, project: vision, labels: {env: dev}}", "the key `id` is missing"),
        cluster("{id: ¦-3, name: a, project: vision, labels: {env: dev}}", "in digits only"),
        cluster("{id: ¦42, name: a, project: vision, labels: {env: dev}}", "the cluster id 42 is there twice"),
        cluster("{id: 1, name: ¦Prod-Train, project: vision, labels: {env: dev}}", "is there twice"),
        cluster("{id: 1, name: ¦History, project: vision, labels: {env: dev}}", "is a word of the commands"),
        cluster("{id: 1, name: ¦emergency, project: vision, labels: {env: dev}}", "is a word of the commands"),
        cluster("{id: 1, name: ¦77, project: vision, labels: {env: dev}}", "digits only"),
        cluster("{id: 1, name: ¦a b, project: vision, labels: {env: dev}}", "cannot be the name of a cluster"),
        cluster("{id: 1, name: a, project: ¦visoin, labels: {env: dev}}", "did you mean `vision`?"),
        cluster("¦{id: 1, name: a, project: vision}", "lacks the label `env`"),
        cluster("{id: 1, name: a, project: vision, labels: {env: ¦prd}}", "did you mean `prod`?"),
        cluster("{id: 1, name: a, project: vision, labels: {env: dev, ¦team: nlp}}", "is not declared under `labels`"),
    ]

    private static func project(_ keys: String, _ message: String) -> Self {
        // A missing key is reported where the table begins.
        keys.contains("¦")
            ? Self("projects", "projects: {vision: {\(keys)}}", message)
            : Self("projects", "projects: {vision: ¦{\(keys)}}", message)
    }

    /// A third cluster beside the two of the fixture.
    private static func cluster(_ fragment: String, _ message: String) -> Self {
        Self("clusters", (Fixture.sections.first { $0.key == "clusters" }?.text ?? "") + "\n  - \(fragment)", message)
    }

    /// The same with the mistake at the beginning of the file, for sections that are missing.
    private var atStart: Self {
        Self("whole", "¦" + Fixture.text([section: fragment]), message)
    }
}
