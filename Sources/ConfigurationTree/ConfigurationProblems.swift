/// All problems of a configuration at once, in the order of the file.
package struct ConfigurationProblems: Error, Hashable, Sendable, CustomStringConvertible {
    /// The problems, at least one.
    package let problems: [ConfigurationProblem]
    package let warnings: [ConfigurationProblem]

    package init(problems: [ConfigurationProblem], warnings: [ConfigurationProblem]) {
        self.problems = problems
        self.warnings = warnings
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
