import CCurl
import FoundationEssentials

extension CurlTransport {
    /// Makes this process fit for libcurl: once, early in `main`, before other threads. `init` calls it too.
    ///
    /// Checks the library's version and features, initialises it, and ignores SIGPIPE (libcurl is told to leave
    /// signals alone, and a peer that hangs up must not end the process).
    ///
    /// There is no clean-up counterpart on purpose: OpenSSL tears itself down at exit while threads may still use it,
    /// so a normal exit awaits `shutdown()` first.
    package static func prepareProcess() throws(CurlSetupError) {
        if let problem = environmentProblem(ProcessInfo.processInfo.environment) { throw problem }
        guard let library = CurlLibrary() else {
            throw CurlSetupError("libcurl does not tell its version: install libcurl 7.88.0 or newer.")
        }
        if let problem = library.problem { throw problem }
        guard globalInitialisation == CURLE_OK else {
            throw CurlSetupError(
                "libcurl could not be initialised (code \(globalInitialisation.rawValue)): check its TLS library."
            )
        }
        ccurl_ignore_broken_pipe_signal()
    }

    /// Names and versions of libcurl and its TLS library, for `version` and the first line of the log.
    package static var versionDescription: String { CurlLibrary()?.description ?? "unknown libcurl" }

    /// libcurl writes the keys of every TLS session into the file that `SSLKEYLOGFILE` names, and with them whoever can
    /// read it opens recorded traffic, tokens included. So the variable is refused.
    static func environmentProblem(_ environment: [String: String]) -> CurlSetupError? {
        guard let file = environment["SSLKEYLOGFILE"], !file.isEmpty else { return nil }
        return CurlSetupError(
            "SSLKEYLOGFILE is set, which would write the keys of all TLS connections to a file: unset it."
        )
    }

    private static let globalInitialisation: CURLcode = ccurl_global_init()
}
