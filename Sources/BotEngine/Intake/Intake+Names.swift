import BotCore

/// Names in place of numbers: an image, a key, an address or a group that nobody has is wrong input, not a change that fails.
extension Intake {
    /// The time for reading the list in which a name would stand. A list that comes later is looked at when the plan is made.
    private static let readsNamesWithin = Duration.milliseconds(1000)

    /// Returns the answer to a request with a name that the project's list lacks; nil if it has it, or the list is not known.
    func unknownName(in asked: AskedChange, _ command: InboundCommand, _ rules: Rulebook) async -> Reply? {
        guard let spec = asked.spec, let kind = spec.listOfNames else { return nil }
        let handover = Handover<[ListKind: NamedList]>()
        let control = context.clusters
        let reading = Task {
            _ = handover.hand(over: await control.lists([kind], of: asked.cluster, isFresh: false))
        }
        defer { reading.cancel() }
        let lists = await handover.wait(atMost: Self.readsNamesWithin, clock: context.clock)
        guard let list = lists?[kind] else { return nil }
        for name in asked.names where list.numbers(of: name).isEmpty {
            let near = nearest(to: name.lowercased(), among: list.names.values.map { $0.lowercased() })
            let offers = near.flatMap { near in
                list.numbers(of: near).first.map { number in
                    OfferedLine(asked.naming(number, insteadOf: name).typedLine, label: list.names[number])
                }
            }
            let example = asked.naming(list.names.keys.min() ?? 1, insteadOf: name).typedLine
            let wrong = WrongInput(
                "There is no \(kind.noun) `\(name)` here. There are: \(list.listed).",
                example: example,
                offers: offers.map { [$0] } ?? []
            )
            let text = "\(wrong.problem) \(wrong.remedy(rules.commandWords[command.channel]))"
            return .notDone(text, offering: wrong.offers)
        }
        return nil
    }
}

extension AskedChange {
    /// The names that stand in place of numbers, but for what is to be taken off: the cluster itself says what it has.
    fileprivate var names: [String] {
        arguments.flatMap { key, value -> [String] in
            key == "remove" || key == "ip_type" ? [] : (value.array ?? [value]).compactMap(\.string)
        }
    }

    var hasNames: Bool { !names.isEmpty }

    /// Returns the same with a number in place of a name.
    fileprivate func naming(_ number: Int, insteadOf name: String) -> AskedChange {
        let renamed = arguments.mapValues { value -> JSONValue in
            let isOne = { (item: JSONValue) in item.string == name ? JSONValue.int(number) : item }
            return value.array.map { .array($0.map(isOne)) } ?? isOne(value)
        }
        return AskedChange(cluster: cluster, action: action, arguments: renamed)
    }
}
