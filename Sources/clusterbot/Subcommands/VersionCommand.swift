import ArgumentParser

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version and the commit that it was built from."
    )

    /// Taken as by every command; the version does not depend on it.
    @OptionGroup var options: ConfigurationOption

    func run() { print("clusterbot \(Version.text), commit \(Version.commit)") }
}
