import Foundation
import Glibc

/// The folder of the demo's files: a temporary one that is removed when the demo ends, or one that the visitor named.
struct DemoFolder {
    let path: String
    private let isKept: Bool

    init(keep: String?) throws {
        isKept = keep != nil
        path = keep ?? NSTemporaryDirectory() + "clusterbot-demo-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw UsageProblem("The folder \(path) cannot be made: name one that you may write to.")
        }
        // A link that somebody else put there, as in /tmp, could lead to any folder of whoever runs the demo.
        let name = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let descriptor = open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw UsageProblem("The folder \(path) cannot be used: it is a link, or not yours. Name a folder itself.")
        }
        close(descriptor)
    }

    func remove() {
        if !isKept { try? FileManager.default.removeItem(atPath: path) }
    }
}
