import Foundation

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
    }

    func remove() {
        if !isKept { try? FileManager.default.removeItem(atPath: path) }
    }
}
