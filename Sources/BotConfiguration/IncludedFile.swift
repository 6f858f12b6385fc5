import ConfigurationTree

/// A file with more rules that the configuration includes.
struct IncludedFile {
    let log: ProblemLog
    /// What is in it; nil if it could not be read, which was logged.
    let root: YAMLNode?
    let origin: FileOrigin?
}
