/// A mistake in the configuration, or, as a warning, something that is probably not meant. It says where, and what
/// would be right.
package struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
    /// The path as it was given.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column, from 1, counted in Unicode scalars.
    package let column: Int
    /// The message for people. It never holds a secret, nor text that stands where a secret belongs.
    package let message: String

    /// The problem as `FILE:LINE:COLUMN: MESSAGE`, which editors understand.
    package var description: String { "\(file):\(line):\(column): \(message)" }
}
