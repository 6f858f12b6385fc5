import ArgumentParser

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version and the commit that it was built from."
    )

    func run() { print("clusterbot \(Version.text), commit \(Version.commit)") }
}
