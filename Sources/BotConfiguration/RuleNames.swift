import ConfigurationTree

/// The names of the rules so far, over all files. Refusals and the history name the rule, so each has its own.
struct RuleNames {
    private var taken: [String: Field] = [:]

    /// Takes a name; one that is taken is logged.
    mutating func take(_ name: String, _ field: Field) {
        guard let first = taken[name] else {
            taken[name] = field
            return
        }
        let isHere = first.log === field.log
        field.problem(
            "the rule name \(quoted(name)) is there twice, first \(isHere ? "" : "in `\(first.log.file)` ")on line "
                + "\(first.place.line); refusals name the rule, so each has its own"
        )
    }
}
