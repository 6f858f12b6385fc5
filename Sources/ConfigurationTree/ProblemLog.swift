/// Collects the problems and warnings while one file is read.
package final class ProblemLog {
    private let file: String
    private var found: [ConfigurationProblem] = []
    private var doubted: [ConfigurationProblem] = []
    private var fixed: [ConfigurationProblem] = []

    package init(file: String) { self.file = file }

    /// The problems without repetitions, in the order of the file.
    package var problems: [ConfigurationProblem] { Self.sorted(found) }
    package var warnings: [ConfigurationProblem] { Self.sorted(doubted) }

    /// The values that only a start reads: a running process keeps them.
    package var readOnce: [ConfigurationProblem] { Self.sorted(fixed) }

    package func problem(_ place: Place, _ message: String) { found.append(located(place, message)) }
    package func warning(_ place: Place, _ message: String) { doubted.append(located(place, message)) }

    package func readOnce(_ place: Place, _ message: String) { fixed.append(located(place, message)) }

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
