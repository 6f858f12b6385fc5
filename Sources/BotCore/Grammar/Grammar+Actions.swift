extension Grammar {
    /// Reads the action and its arguments, in the chat's spelling or the API's own, and the options.
    func askedChange(_ words: inout Words, of cluster: Cluster) throws(WrongInput) -> AskedChange {
        let options = try words.takeOptions(example: "\(cluster.id) scale 4")
        let (spec, isAPISpelling) = try action(&words, of: cluster)
        let example = "\(cluster.id) " + (isAPISpelling ? Self.apiForm(spec) : spec.forms[0])
        words.context = example
        let arguments = isAPISpelling ? try fields(of: spec, &words) : try spec.parse(&words)
        if let surplus = words.word() { throw WrongInput("`\(surplus)` is one word too many.", example: example) }
        return AskedChange(
            cluster: cluster,
            action: spec.name,
            arguments: arguments,
            reason: options.reason,
            planOnly: options.planOnly
        )
    }

    private func action(_ words: inout Words, of cluster: Cluster) throws(WrongInput) -> (ActionSpec, isAPISpelling: Bool) {
        guard let first = words.next else {
            throw WrongInput("What about \(cluster.title)? Name an action.", example: "\(cluster.id) scale 4")
        }
        _ = words.word()
        if let spec = ActionCatalogue.action(named: first) { return (spec, true) }
        let family = ActionCatalogue.all.filter { $0.words.first == first }
        guard let one = family.first else {
            throw WrongInput("There is no action `\(first)`. There are \(Self.allActions).", example: "\(cluster.id) scale 4")
        }
        if one.words.count == 1 { return (one, false) }
        if let second = words.next, let spec = family.first(where: { $0.words.last == second }) {
            _ = words.word()
            return (spec, false)
        }
        let choices = family.map { "`\($0.words.joined(separator: " "))`" }.joined(separator: " or ")
        throw WrongInput("`\(first)` alone is not enough: say \(choices).", example: "\(cluster.id) \(one.forms[0])")
    }

    private static let allActions = ActionCatalogue.all.map { "`\($0.words.joined(separator: " "))`" }.joined(separator: ", ")

    /// The API's spelling: every field once, as `name=value`.
    private func fields(of spec: ActionSpec, _ words: inout Words) throws(WrongInput) -> [String: JSONValue] {
        var texts: [String: [String]] = [:]
        var current: String?
        while let word = words.word() {
            if let equals = word.firstIndex(of: "=") {
                let name = word[..<equals].lowercased()
                guard spec.fields.contains(where: { $0.name == name }) else {
                    throw WrongInput("`\(spec.name)` has no field `\(name)`.", example: words.context)
                }
                guard texts[name] == nil else { throw WrongInput("`\(name)` is there twice.", example: words.context) }
                current = name
                let value = String(word[word.index(after: equals)...])
                texts[name] = value.isEmpty ? [] : [value]
            } else if let current, spec.fields.contains(where: { $0.name == current && $0.kind == .numbers }) {
                texts[current]?.append(word)
            } else {
                throw WrongInput("`\(word)` is one word too many.", example: words.context)
            }
        }
        var arguments: [String: JSONValue] = [:]
        for field in spec.fields {
            var values = try Words((texts[field.name] ?? []).joined(separator: " "), context: words.context, ipTypes: ipTypes)
            switch field.kind {
            case .number: arguments[field.name] = .int(try values.number("`\(field.name)`"))
            case .numbers: arguments[field.name] = .ints(try values.numbers("`\(field.name)`"))
            case .ipType: arguments[field.name] = .string(try values.ipType())
            }
            if let surplus = values.word() { throw WrongInput("`\(surplus)` is one word too many.", example: words.context) }
        }
        return arguments
    }

    private static func apiForm(_ spec: ActionSpec) -> String {
        ([spec.name]
            + spec.fields.map { field in
                switch field.kind {
                case .number: "\(field.name)=4"
                case .numbers: "\(field.name)=11,12"
                case .ipType: "\(field.name)=reserved"
                }
            }).joined(separator: " ")
    }
}
