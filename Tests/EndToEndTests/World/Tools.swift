import Foundation

/// Where the tests find what they drive and what judges them. A missing tool is a failure that says how to get it.
enum Tools {
    /// The built program, beside the test bundle.
    static let clusterbot: String = {
        let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
        let folder =
            bundle.map { ($0 as NSString).deletingLastPathComponent }
            ?? (CommandLine.arguments[0] as NSString).deletingLastPathComponent
        return folder + "/clusterbot"
    }()

    /// The Python in which the official client libraries are installed.
    static func judgesPython() throws -> String {
        let python = ProcessInfo.processInfo.environment["JUDGES_PYTHON"] ?? root + "/.build-judges/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw MissingTool(description: "\(python) is not there: run `make judges`, or `make test`, which does")
        }
        return python
    }

    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static func judge(_ name: String) -> String { root + "/Tests/Judges/" + name }
}

struct MissingTool: Error, CustomStringConvertible {
    let description: String
}
