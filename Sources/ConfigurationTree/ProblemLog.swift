/// Collects the problems and warnings while one file is read.
package final class ProblemLog {
    /// The file that is read.
    package let file: String
    /// The logs of the files that this one includes.
    private var inner: [ProblemLog] = []
    private var found: [ConfigurationProblem] = []
    private var doubted: [ConfigurationProblem] = []
    private var fixed: [ConfigurationProblem] = []
    /// The problems of which only the first is logged, each with its number in `found` and the lines of the others.
    private var repeated: [String: (number: Int, lines: [Int])] = [:]

    /// The most lines that one message names.
    private static let mostLines = 10

    package init(file: String) { self.file = file }

    /// Begins the log of a file that this one includes; its problems and warnings are this log's, too.
    package func beginning(file: String) -> ProblemLog {
        let log = ProblemLog(file: file)
        inner.append(log)
        return log
    }

    /// The problems without repetitions, in the order of the file; behind them those of the files that it includes.
    package var problems: [ConfigurationProblem] {
        var found = found
        for (number, lines) in repeated.values where !lines.isEmpty {
            let shown = lines.prefix(Self.mostLines).map(String.init).joined(separator: ", ")
            let more = lines.count > Self.mostLines ? " and \(lines.count - Self.mostLines) more" : ""
            let first = found[number]
            found[number] = located(
                Place(line: first.line, column: first.column),
                "\(first.message) (the same on line \(shown)\(more))"
            )
        }
        return Self.sorted(found) + inner.flatMap(\.problems)
    }
    /// The number of problems so far.
    package var problemCount: Int { found.count + inner.reduce(0) { $0 + $1.problemCount } }
    package var warnings: [ConfigurationProblem] { Self.sorted(doubted) + inner.flatMap(\.warnings) }

    /// The values that only a start reads: a running process keeps them.
    package var readOnce: [ConfigurationProblem] { Self.sorted(fixed) }

    package func problem(_ place: Place, _ message: String) { found.append(located(place, message)) }

    /// Logs a problem that one mistake elsewhere brings up in many places, once for each `key`. The message names the
    /// lines of the others.
    package func problem(_ place: Place, _ message: String, onceFor key: String) {
        if repeated[key] != nil {
            repeated[key]?.lines.append(place.line)
        } else {
            repeated[key] = (found.count, [])
            problem(place, message)
        }
    }

    package func warning(_ place: Place, _ message: String) { doubted.append(located(place, message)) }

    package func readOnce(_ place: Place, _ message: String) { fixed.append(located(place, message)) }

    private func located(_ place: Place, _ message: String) -> ConfigurationProblem {
        ConfigurationProblem(file: file, line: place.line, column: place.column, message: withoutTokens(message))
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
