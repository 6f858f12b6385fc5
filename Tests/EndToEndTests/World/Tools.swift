import Foundation

/// Where the tests find what they drive.
enum Tools {
    /// The built program, beside the test bundle.
    static let clusterbot: String = {
        let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
        let folder =
            bundle.map { ($0 as NSString).deletingLastPathComponent }
            ?? (CommandLine.arguments[0] as NSString).deletingLastPathComponent
        return folder + "/clusterbot"
    }()

    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

}
