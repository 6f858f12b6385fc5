import BotCore

extension Field {
    /// Reads `HOST:PORT`.
    package func listenAddress() -> ListenAddress? {
        let what = "HOST:PORT, such as `127.0.0.1:8080`"
        guard let text = scalar(what) else { return nil }
        guard let parts = HostAndPort(text), let port = parts.port else {
            problem("\(name) must be \(what); an IPv6 address stands in brackets: `[::1]:8080`")
            return nil
        }
        return ListenAddress(host: parts.host, port: port)
    }

    /// Reads a URL, without its trailing slash. Messages never show its text: people put keys into URLs.
    package func webAddress(_ example: String) -> String? {
        let what = "an https URL such as `\(example)`"
        guard let text = scalar(what) else { return nil }
        let scheme: String
        if text.hasPrefix("https://") {
            scheme = "https://"
        } else if text.hasPrefix("http://") {
            scheme = "http://"
        } else {
            problem("\(name) must be \(what), with `https://` in front")
            return nil
        }
        let rest = text.dropFirst(scheme.count)
        guard rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !rest.contains(where: { "\"<>\\^`{|}".contains($0) })
        else {
            problem("\(name) must be \(what): ASCII only, without spaces; write other characters as %XX")
            return nil
        }
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else {
            problem(
                "\(name) must not hold a user or a password; secrets stand in keys of their own, as {env: NAME} "
                    + "or {file: PATH}"
            )
            return nil
        }
        guard !rest.contains("?"), !rest.contains("#") else {
            problem("\(name) must not hold a query or a fragment (`?` or `#`); end it with the path")
            return nil
        }
        guard let parts = HostAndPort(String(authority)), parts.port != 0 else {
            problem("\(name) must be \(what): behind `\(scheme)` comes a host, and if need be a port")
            return nil
        }
        guard scheme == "https://" || HostName(parts.host).isLoopback else {
            problem(
                "\(name) must begin with `https://`; `http://` is only for this machine itself (127.0.0.1, ::1, "
                    + "localhost)"
            )
            return nil
        }
        return scheme + rest.replacing(/\/+$/, with: "")
    }

    /// Reads `host` or `host:port`, in lower case.
    /// - Parameter example: a host, for messages.
    package func hostAndPort(_ example: String) -> String? {
        let what = "a host such as `\(example)`, or `host:port`"
        guard let text = scalar(what) else { return nil }
        guard let parts = HostAndPort(text), parts.port != 0 else {
            problem("\(name) must be \(what), without `https://` and without a path")
            return nil
        }
        return text.lowercased()
    }
}

/// The part of a URL that names a machine.
private struct HostAndPort {
    package let host: String
    package let port: Int?

    package init?(_ text: String) {
        var port: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = String(text[text.index(after: text.startIndex)..<end])
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit && $0.isASCII || $0 == ":" || $0 == "." }) else {
                return nil
            }
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            if !rest.isEmpty { port = rest.dropFirst() }
        } else {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let name = parts.first, Self.isHost(name) else { return nil }
            host = String(name)
            port = parts.count == 2 ? parts[1] : nil
        }
        guard let port else {
            self.port = nil
            return
        }
        guard let number = Int(asciiDigits: port), number <= 65535 else { return nil }
        self.port = number
    }

    private static func isHost(_ name: Substring) -> Bool {
        guard (1...253).contains(name.utf8.count), name.first != "-" else { return false }
        return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        }
    }
}
