import ConfigurationTree

/// Reads a file of cases; every mistake is logged with its place.
struct PolicyCaseReader {
    private static let shape = TableShape("a case", ["as", "in", "say", "groups", "expect", "rule"])
    private static let example = "- {as: amy, in: ops, say: \"42 restart cluster\", expect: approvals}"

    let log: ProblemLog

    /// Reads the cases at a path.
    /// - Throws: every problem of the file at once.
    static func cases(at path: String) throws(ConfigurationProblems) -> [PolicyCase] {
        let log = ProblemLog(file: path)
        var cases: [PolicyCase] = []
        if let file = ConfigurationFile.text(of: path, givesRights: false, log),
            let root = YAMLReader(log: log).tree(of: file.text)
        {
            cases = PolicyCaseReader(log: log).cases(root)
        }
        guard log.problems.isEmpty else {
            throw ConfigurationProblems(problems: log.problems, warnings: log.warnings)
        }
        return cases
    }

    private func cases(_ root: YAMLNode) -> [PolicyCase] {
        let field = Field(name: "the file", keyPlace: root.place, node: root, log: log)
        return (field.list("cases such as `\(Self.example)`") ?? []).compactMap(one)
    }

    private func one(_ field: Field) -> PolicyCase? {
        guard let table = field.table(Self.shape) else { return nil }
        let somebody = table.required("as", "amy")?.text("a person or an account")
        let line = table.required("say", "\"42 restart cluster\"")?.text("a line as it would be typed", longest: 4000)
        let expected = table.required("expect", "approvals")?.choice(
            of: PolicyCase.Expectation.allCases.map(\.rawValue),
            "an expectation"
        )
        let channel = table.field("in")?.text("a channel")
        let rule = table.field("rule")?.text("the name of a rule")
        let groups = table.field("groups")?.list("names of groups")?.compactMap { $0.text("the name of a group") }
        guard let somebody, let line, let expected = expected.flatMap(PolicyCase.Expectation.init) else { return nil }
        return PolicyCase(
            place: field.place,
            somebody: somebody,
            channel: channel,
            line: line,
            groups: groups ?? [],
            expected: expected,
            rule: rule
        )
    }
}
