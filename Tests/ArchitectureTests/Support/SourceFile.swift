import Foundation

/// A Swift file of this repository, as text.
struct SourceFile: Sendable {
    /// The file's path from the top of the repository on.
    let path: String
    let text: String
    let lines: [String]

    init(path: String) throws {
        self.path = path
        text = try String(contentsOf: SourceTree.root.appending(path: path), encoding: .utf8)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The folder below `Sources` or `Tests`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// The file's name without its extension and without what follows a `+`.
    var baseName: String {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return String(name.prefix { $0 != "." && $0 != "+" })
    }

    /// What is wrong with this file at a line, counted from 0, as editors and build logs write places.
    func finding(_ line: Int, _ what: String) -> String { "\(path):\(line + 1): \(what)" }

    /// The lines that hold a pattern, with what it captured.
    /// - Parameter indentation: how many spaces stand before it; to compare them first is quicker.
    func matches<Output>(
        indentedBy indentation: Int = 0,
        _ pattern: some RegexComponent<Output>
    ) -> [(line: Int, output: Output)] {
        lines.enumerated().compactMap { index, line in
            let start = line.utf8.dropFirst(indentation)
            guard line.utf8.prefix(indentation).allSatisfy({ $0 == UInt8(ascii: " ") }), let first = start.first,
                first != UInt8(ascii: " "), first != UInt8(ascii: "/"), first != UInt8(ascii: "}")
            else { return nil }
            return line.dropFirst(indentation).prefixMatch(of: pattern).map { (index, $0.output) }
        }
    }

    /// The modules that this file imports.
    var imports: [(line: Int, module: String)] {
        matches(/(?:@\w+ )*(?:\w+ )?import (?:\w+ )?(\w+)/).map { ($0.line, String($0.output.1)) }
    }
}
