import BotCore
import ChatKit
import ConfigurationTree
import Foundation

extension ConfigurationReader {
    func people(_ top: Table) -> PeopleSection {
        var section = PeopleSection()
        let account = exampleAccount
        let example = "{name: amy, accounts: [\"\(account)\"]}"
        guard let field = top.field("people") else {
            section.isComplete = !top.isMisspelt("people")
            guard section.isComplete else { return section }
            log.warning(
                top.place,
                "nobody is listed under `people`, so every command will be refused; add for example `people: "
                    + "[\(example)]`"
            )
            return section
        }
        guard let elements = field.list("people, such as [\(example)]", mayBeEmpty: true) else {
            section.isComplete = false
            return section
        }
        for element in elements {
            guard let table = element.table(.person) else {
                section.isComplete = false
                continue
            }
            let nameField = table.required("name", "amy")
            let name = nameField?.text("a person's name", longest: 64)
            if name == nil { section.isComplete = false }
            if let nameField, let name {
                checkTypedName(name, "person", nameField.place)
                if !section.names.insert(name).inserted {
                    nameField.problem(
                        "the name \(quoted(name)) is there twice; every person is listed once, with all their accounts"
                    )
                }
            }
            let accounts =
                (table.required("accounts", "[\"\(account)\"]")?.list("accounts, such as [\"\(account)\"]") ?? [])
                .compactMap { self.account($0, of: name, &section) }
            if let name { section.list.append(Configuration.Person(name: name, accounts: accounts)) }
        }
        return section
    }

    private func account(_ field: Field, of person: String?, _ section: inout PeopleSection) -> Account? {
        let known = platforms.map { "`\($0.name):\($0.accountForm)`" }
        let what = "an account, \(known.joined(separator: known.count > 2 ? ", " : " or "))"
        guard let text = field.text(what) else { return nil }
        guard isSupportedPlatform(text, platforms.map(\.name), field, what) else { return nil }
        guard let module = platform(of: text), let account = Account(text) else {
            field.problem("\(quoted(text)) is not \(what); \(platform(of: text)?.idForm ?? IDCheck.plainForm)")
            return nil
        }
        guard isFine(module.check(account), text, what, module, field) else { return nil }
        if let owner = section.byAccount[account] {
            let whose = owner == person ? "there twice" : "listed for \(quoted(owner)) already"
            field.problem("the account \(quoted(text)) is \(whose); an account belongs to one person, once")
            return nil
        }
        section.byAccount[account] = person ?? ""
        section.places.append((account, field.place))
        return account
    }

    /// Returns the registered platform of a reference; nil for any other.
    func platform(of reference: String) -> (any ChatModule)? {
        platforms.first { reference.hasPrefix("\($0.name):") }
    }

    private var exampleAccount: String { platforms.first?.exampleAccount ?? "" }

    /// Logs what a platform finds wrong with an id. Returns whether the id can be used.
    func isFine(_ check: IDCheck, _ text: String, _ what: String, _ module: any ChatModule, _ field: Field) -> Bool {
        switch check {
        case .fine: return true
        case .doubtful(let why):
            field.log.warning(field.place, "\(quoted(text)) \(why)")
            return true
        case .wrong:
            field.problem("\(quoted(text)) is not \(what); \(module.idForm)")
            return false
        }
    }

    /// Returns whether a reference begins with a known platform; if not, that is logged.
    func isSupportedPlatform(_ text: String, _ supported: [String], _ field: Field, _ what: String) -> Bool {
        let platform = String(text.prefix { $0 != ":" })
        guard !supported.contains(platform) else { return true }
        if TableShape.laterPlatforms.contains(platform), text.contains(":") {
            field.problem("the platform \(quoted(platform)) is not supported yet; there is \(listed(supported))")
        } else {
            field.problem("\(quoted(text)) is not \(what)")
        }
        return false
    }

    func groups(_ top: Table, people: PeopleSection, channels: ChannelsSection, zone: TimeZone) -> GroupsSection {
        var section = GroupsSection()
        guard let field = top.field("groups") else {
            section.isComplete = !top.isMisspelt("groups")
            return section
        }
        guard let named = field.named("groups under their names, such as {leads: {people: [bob]}}", mayBeEmpty: true)
        else {
            section.isComplete = false
            return section
        }
        section.names = Set(named.map(\.key))
        var direct: [String: Set<String>] = [:]
        var inner: [String: [Field]] = [:]
        for (name, field) in named {
            checkTypedName(name, "group", field.keyPlace)
            let problems = log.problemCount
            guard let table = field.table(.group(platforms)) else {
                section.unclear.insert(name)
                continue
            }
            let persons = table.field("people")?.list("names of people, such as [amy, bob]", mayBeEmpty: true) ?? []
            direct[name] = Set(persons.compactMap { knownPerson($0, people) })
            let groups = table.field("groups")?.list("names of groups, such as [leads]", mayBeEmpty: true) ?? []
            let called = calls(table, channels, zone: zone)
            section.calls[name] = called?.calls
            section.askPlaces[name] = called?.place
            inner[name] = groups.filter { $0.choice(of: section.names.sorted(), "one of `groups`") != nil }
            section.ownUserGroups[name] = userGroups(table)
            if log.problemCount > problems { section.unclear.insert(name) }
        }
        refuseCycles(named.map(\.key), inner)
        for name in section.names {
            let groups = groups(within: name, inner)
            section.members[name] = groups.reduce(into: []) { $0.formUnion(direct[$1] ?? []) }
            let userGroups = groups.flatMap { section.ownUserGroups[$0] ?? [] }.map(\.group)
            if !userGroups.isEmpty { section.userGroups[name] = Set(userGroups) }
            if !groups.isDisjoint(with: section.unclear) { section.unclear.insert(name) }
        }
        return section
    }

    /// Reads the name of a person. Somebody who is not listed is logged, and counts as a member all the same: groups that
    /// would be too small without them need no message of their own.
    private func knownPerson(_ field: Field, _ people: PeopleSection) -> String? {
        guard let name = field.scalar("the name of a person") else { return nil }
        if people.isComplete, people.names.isEmpty {
            log.problem(
                field.place,
                "\(quoted(name)) is nobody, because nobody is listed under `people`; list everybody there, with their "
                    + "accounts",
                onceFor: "nobody is listed"
            )
        } else if people.isComplete, !people.names.contains(name) {
            field.unknown(name, "one of `people`", among: people.names.sorted())
        }
        return name
    }

    /// Returns a group with the groups within it.
    private func groups(within name: String, _ inner: [String: [Field]]) -> Set<String> {
        var seen: Set<String> = []
        var waiting = [name]
        while let next = waiting.popLast() {
            if seen.insert(next).inserted { waiting += (inner[next] ?? []).compactMap(\.text) }
        }
        return seen
    }

    /// Logs each group that contains itself, where the circle closes.
    private func refuseCycles(_ names: [String], _ inner: [String: [Field]]) {
        var finished: Set<String> = []
        func visit(_ name: String, _ path: [String]) {
            guard !finished.contains(name) else { return }
            for field in inner[name] ?? [] {
                guard let next = field.text else { continue }
                if let start = (path + [name]).firstIndex(of: next) {
                    let circle = ((path + [name])[start...] + [next]).map(quoted).joined(separator: " → ")
                    field.problem("groups must not contain themselves: \(circle)")
                } else {
                    visit(next, path + [name])
                }
            }
            finished.insert(name)
        }
        for name in names { visit(name, []) }
    }
}

extension Field {
    /// The text of a single value, without checks.
    fileprivate var text: String? { if case .scalar(let text) = node.content { text } else { nil } }
}
