import CCurl

/// The libcurl this process runs with.
struct CurlLibrary: Sendable {
    var version: UInt32
    var features: Int32
    var protocols: Set<String>
    /// Name and version of libcurl and of what it was built with.
    var description: String

    static let neededFeatures: [(flag: Int32, name: String)] = [
        (ccurl_feature_tls, "TLS"),
        (ccurl_feature_threadsafe, "thread-safe initialisation"),
        // Otherwise a look-up of a name stops every transfer, and with NOSIGNAL it cannot time out.
        (ccurl_feature_asynchronous_dns, "asynchronous name look-ups"),
    ]

    /// Asks libcurl what it is; `nil` where libcurl does not describe itself.
    init?() {
        guard let information = ccurl_version_info() else { return nil }
        version = information.pointee.version_num
        features = information.pointee.features
        protocols = []
        var next = information.pointee.protocols
        while let name = next?.pointee {
            protocols.insert(String(cString: name))
            next = next?.advanced(by: 1)
        }
        description = String(cString: curl_version())
    }

    /// The feature of libcurl that is missing for this program's promises to hold; `nil` if none is.
    var problem: CurlSetupError? {
        if version < ccurl_oldest_version {
            return CurlSetupError("libcurl is older than 7.88.0 (\(description)): install a newer libcurl.")
        }
        for (flag, name) in Self.neededFeatures where features & flag == 0 {
            return CurlSetupError("libcurl was built without \(name) (\(description)): install a build that has it.")
        }
        for name in ["http", "https"] where !protocols.contains(name) {
            return CurlSetupError("libcurl was built without \(name) (\(description)): install a build that has it.")
        }
        return nil
    }
}
