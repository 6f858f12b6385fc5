import BotCore

/// Names in place of numbers: an image, a key, an address or a group that nobody has is wrong input, not a change that fails.
extension Intake {
    /// The time for reading what a name means. What is not known by then is looked at when the plan is made.
    private static let readsNamesWithin = Duration.milliseconds(1000)

    /// What came of the names in a request.
    enum Named {
        /// The request with numbers where they are sure, as it was where they are not known yet.
        case understood(AskedChange)
        case wrong(Reply)
    }

    /// Finds out what the names in a request mean.
    func named(_ asked: AskedChange, _ command: InboundCommand, _ rules: Rulebook) async -> Named {
        guard let kind = asked.spec?.listOfNames else { return .understood(asked) }
        let handover = Handover<ClusterReading?>()
        let reading = Task { _ = handover.hand(over: await read(kind, for: asked)) }
        defer { reading.cancel() }
        let seen = await handover.wait(atMost: Self.readsNamesWithin, clock: context.clock) ?? nil
        guard let list = seen?.list(kind), list.isComplete else { return .understood(asked) }
        var known = asked
        for name in asked.names {
            let numbers = list.numbers(of: name)
            guard let number = numbers.first else {
                return .wrong(noSuch(name, kind, list, asked, command, rules))
            }
            guard numbers.count == 1 else {
                let all = numbers.map(String.init).joined(separator: " and ")
                return .wrong(.notDone("Several of the \(kind.rawValue) are called `\(name)`: \(all). Use the number."))
            }
            known = known.naming(number, insteadOf: name)
        }
        return .understood(known.inNumbers)
    }

    /// Reads the cluster and the list in which names would stand, anew if one is missing: it may just have been made.
    private func read(_ kind: ListKind, for asked: AskedChange) async -> ClusterReading? {
        let control = context.clusters
        guard var seen = try? await control.read(asked.cluster, withReservedIPs: kind == .reservedIPs) else {
            return nil
        }
        guard kind != .reservedIPs else { return seen }
        seen.lists = await control.lists([kind], of: asked.cluster, isFresh: false)
        if let list = seen.list(kind), asked.names.contains(where: { list.numbers(of: $0).isEmpty }) {
            seen.lists = await control.lists([kind], of: asked.cluster, isFresh: true)
        }
        return seen
    }

    /// The most letters that differ between a name and what it is a slip of.
    private static let mostSlips = 2

    private func noSuch(
        _ name: String,
        _ kind: ListKind,
        _ list: NamedList,
        _ asked: AskedChange,
        _ command: InboundCommand,
        _ rules: Rulebook
    ) -> Reply {
        // `carol-laptop` is no slip of `amy-laptop`, however many letters the two have in common.
        let near = nearWords(to: name.lowercased(), among: Set(list.names.values.map { $0.lowercased() }))
            .first { $0.distance <= Self.mostSlips }
        let numbers = near.map { list.numbers(of: $0.word) } ?? []
        let offer = numbers.first.flatMap { number -> OfferedLine? in
            guard numbers.count == 1 else { return nil }
            let right = asked.naming(number, insteadOf: name).inNumbers
            return OfferedLine(
                right.typedLine + asked.typedReason,
                label: right.label(list.names[number] ?? "\(number)")
            )
        }
        let verb = asked.spec?.words[0] ?? ""
        let wrong = WrongInput(
            "There is no \(kind.noun) `\(name)` here. There are: \(list.listed).",
            example: "\(asked.cluster.id) \(verb)",
            offers: [offer].compactMap(\.self)
        )
        let text = "\(wrong.problem) \(wrong.remedy(rules.commandWords[command.channel]))"
        return .notDone(text, offering: wrong.offers)
    }
}

extension AskedChange {
    /// The names that stand in place of numbers, but for what is to be taken off: the cluster itself says what it has.
    fileprivate var names: [String] {
        arguments.flatMap { key, value -> [String] in
            key == "remove" || key == "ip_type" ? [] : (value.array ?? [value]).compactMap(\.string)
        }
    }

    /// What it does to one thing, in as few words as a button has room for: `Add amy-laptop`.
    func label(_ name: String) -> String {
        let verb =
            ["add", "remove"].first { arguments[$0] != nil } ?? spec.flatMap { $0.words.count > 1 ? $0.words[1] : nil }
        guard let verb else { return spec?.listOfNames == .sshKeys ? typedLine : name }
        return "\(verb.capitalizedFirst) \(name)"
    }

    var hasNames: Bool { !names.isEmpty }

    /// Returns the same with a number in place of a name.
    fileprivate func naming(_ number: Int, insteadOf name: String) -> AskedChange {
        let renamed = arguments.mapValues { value -> JSONValue in
            let isOne = { (item: JSONValue) in item.string == name ? JSONValue.int(number) : item }
            return value.array.map { .array($0.map(isOne)) } ?? isOne(value)
        }
        return with(renamed)
    }

    /// The same as if the numbers had been typed.
    fileprivate var inNumbers: AskedChange { with(spec?.inNumbers(arguments) ?? arguments) }

    private func with(_ arguments: [String: JSONValue]) -> AskedChange {
        AskedChange(cluster: cluster, action: action, arguments: arguments, reason: reason, planOnly: planOnly)
    }
}
