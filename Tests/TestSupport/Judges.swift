import Foundation

/// The programs in `Tests/Judges`, and the Python in which the official client libraries are installed. A missing tool is a
/// failure that says how to get it.
package enum Judges {
    package static func python() throws -> String {
        let usual = URL(fileURLWithPath: TestFolder.path).deletingLastPathComponent().path + "/.build-judges/bin/python"
        let python = ProcessInfo.processInfo.environment["JUDGES_PYTHON"] ?? usual
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw MissingTool("\(python) is not there: run `make judges`, or `make test`, which does")
        }
        return python
    }

    package static func script(_ name: String) -> String { TestFolder.file("Judges/\(name)") }
}

package struct MissingTool: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
