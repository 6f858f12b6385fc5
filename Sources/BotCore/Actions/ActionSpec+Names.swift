/// Numbers and names of things in a project's lists.
extension ActionSpec {
    /// Returns the numbers that typed numbers and names mean.
    /// - Parameter arguments: numbers, and texts for names.
    /// - Throws: ``PlanProblem`` if a complete list lacks one of them, a name is there twice, or the list is needed for a
    ///   name and not known.
    static func numbers(
        of arguments: [JSONValue],
        _ kind: ListKind,
        in seen: ClusterReading?
    ) throws(PlanProblem) -> [Int] {
        let list = seen?.list(kind)
        var numbers: [Int] = []
        for argument in arguments {
            let number: Int
            if case .string(let name) = argument {
                number = try self.number(of: name, kind, in: list)
            } else {
                guard let typed = argument.int else { continue }
                if let list, list.isComplete, list.names[typed] == nil {
                    throw PlanProblem(
                        "The project has no \(kind.noun) \(typed). It has: \(list.listed).",
                        isAboutChoice: true
                    )
                }
                number = typed
            }
            if !numbers.contains(number) { numbers.append(number) }
        }
        return numbers
    }

    private static func number(of name: String, _ kind: ListKind, in list: NamedList?) throws(PlanProblem) -> Int {
        guard let list, list.isComplete else {
            throw PlanProblem(
                "The list in which the \(kind.noun) \(name) would stand could not be read, or is not this cluster's. "
                    + "Use its number instead."
            )
        }
        let found = list.numbers(of: name)
        guard let first = found.first else {
            throw PlanProblem(
                "The project has no \(kind.noun) called \(name). It has: \(list.listed).",
                isAboutChoice: true
            )
        }
        guard found.count == 1 else {
            let numbers = found.map(String.init).joined(separator: " and ")
            throw PlanProblem("Several \(kind.noun)s are called \(name): \(numbers). Use the number.")
        }
        return first
    }

    /// Returns arguments whose names have all become numbers as if the numbers had been typed.
    package func inNumbers(_ arguments: [String: JSONValue]) -> [String: JSONValue] {
        var known = arguments
        for instead in [Self.byName, "set"] {
            guard let value = arguments[instead], (value.array ?? [value]).allSatisfy({ $0.int != nil }),
                let field = fields.first(where: { $0.kind == .number || $0.kind == .numbers })
            else { continue }
            known[instead] = nil
            known[field.name] = value
        }
        return known
    }

    /// The ``resolve`` of actions with one field of numbers, or names in its place.
    static func resolvingNames(
        in field: String,
        _ kind: ListKind
    ) -> @Sendable ([String: JSONValue], ClusterReading?) throws(PlanProblem) -> [String: JSONValue] {
        { arguments, seen throws(PlanProblem) in
            let value = arguments[field] ?? arguments[byName] ?? .null
            let isList = (arguments[field] ?? arguments[byName])?.array != nil
            let numbers = try numbers(of: value.array ?? [value], kind, in: seen)
            var parameters = arguments
            parameters[byName] = nil
            parameters[field] = isList ? .ints(numbers) : numbers.first.map(JSONValue.int)
            return parameters
        }
    }

    /// Returns arguments with a field's numbers; under ``byName`` where names are among them.
    static func arguments(_ field: String, _ typed: [JSONValue]) -> [String: JSONValue] {
        [typed.allSatisfy { $0.int != nil } ? field : byName: .array(typed)]
    }

    static func arguments(_ field: String, _ typed: JSONValue) -> [String: JSONValue] {
        [typed.int != nil ? field : byName: typed]
    }
}
