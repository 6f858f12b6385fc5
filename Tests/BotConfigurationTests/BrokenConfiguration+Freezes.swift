extension BrokenConfiguration {
    /// Mistakes in `freezes` and `server.zone`.
    static let freezes: [Self] = [
        Self("server", "server: {listen: 127.0.0.1:8080, zone: ¦Berlin}", "`Berlin` is not a time zone by its name"),
        Self("server", "server: {listen: 127.0.0.1:8080, zone: ¦IST}", "is not a time zone by its name"),
        Self("server", "server: {listen: 127.0.0.1:8080, zone: ¦+05:30}", "is not a time zone by its name"),
        Self("server", "server: {listen: 127.0.0.1:8080, zone: ¦Europe/Berlni}", "did you mean `Europe/Berlin`?"),
        Self("server", "server: {listen: 127.0.0.1:8080, zone: ¦asia/kolkata}", "did you mean `Asia/Kolkata`?"),
        Self("server", "server: {listen: 127.0.0.1:8080, zone: ¦[UTC]}", "must be a time zone by its name"),
        Self("server", "server: {listen: 127.0.0.1:8080, ¦timezone: UTC}", "unknown key `timezone`"),
        Self("contact", "freezes: ¦{name: a}", "must be a list"),
        Self("contact", "freezes: ¦year end", "must be a list"),
        Self("contact", "¦freeze: [{name: a}]", "did you mean `freezes`?"),
        Self("contact", "freezes:\n  - ¦year end", "must hold keys with values"),
        Self("contact", "freezes:\n  - ¦{from: 2026-12-30 18:00, to: 2027-01-02 08:00}", "the key `name` is missing"),
        Self("contact", "freezes:\n  - ¦{name: a, to: 2027-01-02 08:00}", "the key `from` is missing"),
        Self("contact", "freezes:\n  - ¦{name: a, from: 2026-12-30 18:00}", "the key `to` is missing"),
        freeze("¦until: 2027-01-02 08:00", "unknown key `until`"),
        freeze("¦reason: rest", "unknown key `reason`"),
        freeze("¦emergency: true", "unknown key `emergency`"),
        named("¦F1", "choose another name than `F1`"),
        named("¦f27", "choose another name than `f27`"),
        named("¦\"\"", "must be the name of a freeze"),
        named("¦\" year\"", "must be the name of a freeze"),
        named("¦[year]", "must be the name of a freeze"),
        named("¦\"year, end\"", "cannot be the name of a freeze"),
        named("¦\"the `end`\"", "cannot be the name of a freeze"),
        named("¦\"the year's end\"", "cannot be the name of a freeze"),
        named("¦\"a=b\"", "cannot be the name of a freeze"),
        named("¦\"year  end\"", "cannot be the name of a freeze"),
        named("¦\"year --for end\"", "cannot be the name of a freeze"),
        Self("contact", "freezes:\n  - {name: a, \(times)}\n  - {name: ¦A, \(times)}", "is there twice, first on line"),
        from("¦2026-12-30", "a day and a time such as"),
        from("¦18:00", "a day and a time such as"),
        from("¦2026-12-30T18:00", "a day and a time such as"),
        from("¦2026-12-30 18:00:00", "a day and a time such as"),
        from("¦2026-12-30 18:00Z", "a day and a time such as"),
        from("¦2026-12-30  18:00", "a day and a time such as"),
        from("¦2026-12-30 6pm", "a day and a time such as"),
        from("¦2026-12-30 24:00", "`00:00` to `23:59`"),
        from("¦2026-12-30 18:60", "`00:00` to `23:59`"),
        from("¦2026-02-30 18:00", "year, month and day that exist"),
        from("¦2025-02-29 18:00", "year, month and day that exist"),
        from("¦30.12.2026 18:00", "year, month and day that exist"),
        from("¦1999-12-30 18:00", "year, month and day that exist"),
        from("¦[2026-12-30 18:00]", "not a list"),
        between("2026-12-30 18:00", "¦2026-12-30 18:00", "`to` must be after `from`"),
        between("2026-12-30 18:00", "¦2026-12-30 17:59", "`to` must be after `from`"),
        between("2026-12-30 18:00", "¦2025-01-02 08:00", "`to` must be after `from`"),
        freeze("zone: ¦Europe/Berln", "did you mean `Europe/Berlin`?"),
        freeze("zone: ¦CET", "is not a time zone by its name"),
        freeze("zone: ¦\"\"", "is not a time zone by its name"),
        // The clocks go from 02:00 to 03:00 there, and from 03:00 back to 02:00.
        local("¦2027-03-28 02:30", "2027-03-28 12:00", "does not exist in Europe/Berlin", "write `2027-03-28 03:30`"),
        local("¦2027-03-28 02:00", "2027-03-28 12:00", "does not exist in Europe/Berlin", "write `2027-03-28 03:00`"),
        local("2027-03-27 02:30", "¦2027-03-28 02:59", "does not exist in Europe/Berlin", "write `2027-03-28 03:59`"),
        local("¦2026-10-25 02:00", "2026-10-25 12:00", "is there twice", "`2026-10-25 00:00` or `2026-10-25 01:00`"),
        local("2026-10-24 02:00", "¦2026-10-25 02:59", "is there twice", "`2026-10-25 00:59` or `2026-10-25 01:59`"),
        freeze("clusters: ¦prod-train", "must hold keys with values"),
        freeze("clusters: ¦{}", "must say `ids`, `names` or `labels`"),
        freeze("clusters: {ids: [¦44]}", "there is no cluster 44"),
        freeze("clusters: {names: [¦prod-trian]}", "did you mean `prod-train`?"),
        freeze("clusters: {labels: {env: ¦prd}}", "did you mean `prod`?"),
        freeze("clusters: {labels: {¦evn: prod}}", "did you mean `env`?"),
        freeze("except: ¦[leads]", "must hold keys with values"),
        freeze("except: ¦{who: [leads]}", "the key `actions` is missing"),
        freeze("except: ¦{actions: [restart_workers]}", "the key `who` is missing"),
        freeze("except: {who: ¦[], actions: [restart_workers]}", "is empty"),
        freeze("except: {who: [¦leds], actions: [restart_workers]}", "did you mean `leads`?"),
        freeze("except: {who: [¦bob], actions: [restart_workers]}", "write `person:bob`"),
        freeze("except: {who: [leads], actions: [¦restart]}", "is not an action"),
        freeze("except: {who: [leads], actions: [¦resolve]}", "is not an action"),
        freeze("except: {who: [leads], actions: ¦restart_workers}", "must be a list"),
        freeze("except: {who: [leads], ¦action: [restart_workers], actions: [changes]}", "unknown key `action`"),
    ]

    private static let times = "from: 2026-12-30 18:00, to: 2027-01-02 08:00"

    /// A freeze with other keys besides.
    private static func freeze(_ keys: String, _ message: String) -> Self {
        Self("contact", "freezes:\n  - {name: a, \(times), \(keys)}", message)
    }

    private static func named(_ name: String, _ message: String) -> Self {
        Self("contact", "freezes:\n  - {name: \(name), \(times)}", message)
    }

    private static func from(_ time: String, _ message: String) -> Self {
        Self("contact", "freezes:\n  - {name: a, from: \(time), to: 2027-01-02 08:00}", message)
    }

    private static func between(_ from: String, _ to: String, _ message: String) -> Self {
        Self("contact", "freezes:\n  - {name: a, from: \(from), to: \(to)}", message)
    }

    /// A freeze by the clocks of Berlin.
    private static func local(_ from: String, _ to: String, _ messages: String...) -> Self {
        // The mistake and what would be right stand in one sentence.
        Self("contact", "freezes:\n  - {name: a, from: \(from), to: \(to), zone: Europe/Berlin}", messages[1])
    }
}
