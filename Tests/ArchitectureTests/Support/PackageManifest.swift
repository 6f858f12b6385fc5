import Foundation

/// The targets of `Package.swift` with those of our own on which they depend.
struct PackageManifest {
    let dependencies: [String: Set<String>]

    init() throws {
        let text = try String(contentsOf: SourceTree.root.appending(path: "Package.swift"), encoding: .utf8)
        let declared = text.matches(
            of: /\.(?:target|executableTarget|testTarget)\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/
        )
        let pairs = declared.map { match in
            (String(match.output.1), Set(match.output.2.matches(of: /"(\w+)"/).map { String($0.output.1) }))
        }
        dependencies = Dictionary(pairs) { $0.union($1) }
    }
}
