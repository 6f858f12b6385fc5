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

/// Everything that is wrong in a configuration, at once, in the order of the file.
package struct ConfigurationProblems: Error, Hashable, Sendable, CustomStringConvertible {
    /// At least one.
    package let problems: [ConfigurationProblem]
    package let warnings: [ConfigurationProblem]

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// A place in a file, from 1.
struct Place: Hashable, Comparable {
    let line: Int
    let column: Int

    static let start = Place(line: 1, column: 1)

    static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
}

/// Collects what is found wrong while one file is read.
final class ProblemLog {
    private let file: String
    private var found: [ConfigurationProblem] = []
    private var doubted: [ConfigurationProblem] = []

    init(file: String) { self.file = file }

    /// Without repetitions, in the order of the file.
    var problems: [ConfigurationProblem] { Self.sorted(found) }
    var warnings: [ConfigurationProblem] { Self.sorted(doubted) }

    func problem(_ place: Place, _ message: String) { found.append(located(place, message)) }
    func warning(_ place: Place, _ message: String) { doubted.append(located(place, message)) }

    private func located(_ place: Place, _ message: String) -> ConfigurationProblem {
        ConfigurationProblem(file: file, line: place.line, column: place.column, message: message)
    }

    private static func sorted(_ list: [ConfigurationProblem]) -> [ConfigurationProblem] {
        var seen: Set<ConfigurationProblem> = []
        let once = list.enumerated().filter { seen.insert($0.element).inserted }
        // The position in the list decides between equals, because `sorted` does not promise to be stable.
        return once.sorted {
            ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
        }
        .map(\.element)
    }
}
