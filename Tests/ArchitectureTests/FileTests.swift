import Testing

/// A file is short, and named after what is in it.
@Suite struct FileTests {
    private static let longest = 500

    /// Files that hold a few free functions, and no type of their name.
    private static let functions: Set<String> = ["Sources/ConfigurationTree/Wording.swift"]

    @Test func noFileIsLong() throws {
        var findings: [String: String] = [:]
        for file in try SourceTree.sources.get() + SourceTree.tests.get() {
            // The last line ends with a line break.
            let count = file.lines.count - 1
            if count > Self.longest { findings[file.path] = file.finding(Self.longest, "\(count) lines") }
        }
        expectOnlyKnown(findings, [])
    }

    @Test func aFileIsNamedAfterItsOnlyType() throws {
        var findings: [String: String] = [:]
        for file in try SourceTree.sources.get() {
            let types = file.matches(indentedBy: Self.isWithinCondition(file) ? 4 : 0, Self.type)
            if let other = types.first(where: { $0.output.2 != file.baseName && !$0.output.1.contains("private") }) {
                findings[file.path] = file.finding(other.line, "\(other.output.2) belongs in a file of its own")
            } else if !types.contains(where: { $0.output.2 == file.baseName }), !extends(file),
                !isNamedAfterAMember(file)
            {
                findings[file.path] = file.finding(0, "nothing at the top of this file is called \(file.baseName)")
            }
        }
        expectOnlyKnown(findings, Self.functions)
    }

    private nonisolated(unsafe) static let type =
        /(?:@[\w()]+ )*((?:package |public |internal |fileprivate |private |final |indirect )*)(?:struct|class|enum|actor|protocol) (\w+)/

    /// Whether all that is in a file is only compiled under a condition, and therefore indented.
    private static func isWithinCondition(_ file: SourceFile) -> Bool {
        file.lines.contains { $0.hasPrefix("#if") }
    }

    /// Whether a file extends the type of its name.
    private func extends(_ file: SourceFile) -> Bool {
        let indentation = Self.isWithinCondition(file) ? 4 : 0
        return file.matches(indentedBy: indentation, /(?:\w+ )?extension ([\w.\[\]]+)/).contains { match in
            match.output.1.split(separator: ".").contains { $0 == file.baseName }
        }
    }

    /// Whether a file is about the one function or value of its name.
    private func isNamedAfterAMember(_ file: SourceFile) -> Bool {
        let functions = file.matches(/(?:package |public )?func (\w+)/)
        let members = file.matches(indentedBy: 4, /(?:package |public )?static (?:let|var|func) (\w+)/)
        return (functions + members).contains { $0.output.1.lowercased() == file.baseName.lowercased() }
    }
}
