import CBuildInfo

/// The version of this build.
enum Version {
    static let text = "0.1.0"
    /// The commit that it was built from; `unknown` if the sources came without their repository.
    static let commit = String(cString: clusterbot_commit())
}
