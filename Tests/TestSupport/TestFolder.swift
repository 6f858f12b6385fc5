import Foundation

/// The folder `Tests` of the project.
package enum TestFolder {
    package static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// - Parameter path: within the folder.
    package static func file(_ path: String) -> String { "\(Self.path)/\(path)" }
}
