/// The text of a configuration by its lines, to explain what YAML itself cannot: a word that became a comment, and a
/// variable that nobody replaces.
struct SourceText {
    /// The problem of a word behind a `#`.
    static let comment =
        "`#` begins a comment here, so what stands behind it is not read; put the word into quotes: `\"#…\"`"
    /// The most lines that are looked at above a syntax error.
    private static let mostLines = 20

    private let lines: [[Unicode.Scalar]]

    init(_ text: String) {
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    }

    /// The problem of `${NAME}`. Only what looks like the name of a variable is repeated.
    static func notReplaced(_ variable: String) -> String {
        let isName = variable.wholeMatch(of: /[A-Z][A-Z0-9]*(_[A-Z0-9]+)*/) != nil
        let name = isName ? variable : "NAME"
        return
            "`${\(name)}` is not replaced here; a secret is written `{env: \(name)}`, and everything else is written out"
    }

    /// The name in the first `${NAME}` of a text; nil if there is none.
    static func variable(in text: String) -> String? {
        text.firstMatch(of: /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/).map { String($0.1) }
    }

    /// The first `${NAME}` on a line, with its place.
    func variable(onLine line: Int) -> (place: Place, name: String)? {
        let text = text(ofLine: line)
        guard let match = text.firstMatch(of: /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/) else { return nil }
        let column = text[..<match.range.lowerBound].unicodeScalars.count + 1
        return (Place(line: line, column: column), String(match.1))
    }

    /// The place of a `#` with a word directly behind it, if nothing but blanks stands between a place and it.
    func commentedWord(behind place: Place) -> Place? {
        guard lines.indices.contains(place.line - 1) else { return nil }
        let line = lines[place.line - 1]
        let rest = line.indices.dropFirst(place.column - 1)
        guard let start = rest.first(where: { line[$0] != " " && line[$0] != "\t" }), isWord(line, behind: start) else {
            return nil
        }
        return Place(line: place.line, column: start + 1)
    }

    /// The nearest `#` with a word directly behind it that begins a value within brackets, on a line or above it.
    func commentedWord(upTo line: Int) -> Place? {
        for number in stride(from: min(line, lines.count), through: max(1, line - Self.mostLines), by: -1) {
            let scalars = lines[number - 1]
            for index in scalars.indices where isWord(scalars, behind: index) {
                let before = scalars[..<index].last { $0 != " " && $0 != "\t" }
                if let before, "[{,:".unicodeScalars.contains(before) { return Place(line: number, column: index + 1) }
            }
        }
        return nil
    }

    private func isWord(_ line: [Unicode.Scalar], behind index: Int) -> Bool {
        guard line[index] == "#", line.indices.contains(index + 1) else { return false }
        return line[index + 1].properties.isAlphabetic
    }

    private func text(ofLine line: Int) -> String {
        guard lines.indices.contains(line - 1) else { return "" }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: lines[line - 1])
        return String(view)
    }
}
