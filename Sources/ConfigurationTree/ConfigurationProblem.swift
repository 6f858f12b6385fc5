/// Something that is wrong in the configuration, or (as a warning) probably not meant: where, and what would be right.
package struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
    /// The path as it was given.
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, counted in Unicode scalars.
    package let column: Int
    /// For people. Never holds a secret, nor text that stands where a secret belongs.
    package let message: String

    /// `FILE:LINE:COLUMN: MESSAGE`, as compilers and editors have it.
    package var description: String { "\(file):\(line):\(column): \(message)" }
}
