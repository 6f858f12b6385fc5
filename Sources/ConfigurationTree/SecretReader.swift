import BotCore

/// Fetches the secrets to which `{env: NAME}` and `{file: PATH}` refer. No message shows a value, nor text that stands
/// in its place.
package struct SecretReader {
    /// The folder of the configuration, where relative paths begin.
    package let folder: String
    package let environment: [String: String]
    /// Whether secrets are fetched. If not, only the form of the references is checked, and a placeholder stands for
    /// every secret.
    package let reads: Bool

    /// The longest file that is read: longer than any key or token. It bounds the reading of a wrong file.
    package static let maximumBytes = 16 * 1024
    private static let forms = "`{env: NAME}` or `{file: PATH}`"

    package init(folder: String, environment: [String: String], reads: Bool) {
        self.folder = folder
        self.environment = environment
        self.reads = reads
    }

    /// - Parameter kind: the kind of the secret, by which its form is checked.
    package func secret(_ field: Field, _ kind: SecretKind) -> Secret? {
        guard case .table(let entries) = field.node.content else {
            let literal = "; a secret itself never stands in this file, so if one did, replace it where it was issued"
            field.problem("\(field.name) must be \(Self.forms)\(literal)")
            return nil
        }
        guard entries.count == 1, let entry = entries.first, ["env", "file"].contains(entry.key),
            case .scalar(let name) = entry.value.content, !name.isEmpty
        else {
            field.problem("\(field.name) must be \(Self.forms): one of the two keys, with a name or a path behind it")
            return nil
        }
        let source = Field(name: field.name, keyPlace: entry.place, node: entry.value, log: field.log)
        return entry.key == "env" ? variable(name, kind, source) : file(name, kind, source)
    }

    private func variable(_ name: String, _ kind: SecretKind, _ field: Field) -> Secret? {
        guard name.utf8.count <= 100, name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
            field.problem(
                "what stands behind `env` is not the name of an environment variable; write for example `{env: "
                    + "E2E_API_KEY}`"
            )
            return nil
        }
        guard reads else { return Self.placeholder }
        // A secret that was pasted here by mistake seldom looks like this, so only such names are repeated.
        let shown = name.wholeMatch(of: /[A-Z][A-Z0-9]*(_[A-Z0-9]+)*/) != nil ? quoted(name) : "named here"
        guard let value = environment[name] else {
            field.problem(
                "the environment variable \(shown) for \(field.name) is not set; set it for the user that runs "
                    + "clusterbot"
            )
            return nil
        }
        field.log.readOnce(
            field.place,
            "the environment variable \(shown) for \(field.name) is read only at the start: a process keeps its "
                + "environment"
        )
        return checked(value, "the environment variable \(shown)", kind, field)
    }

    private func file(_ path: String, _ kind: SecretKind, _ field: Field) -> Secret? {
        guard reads else { return Self.placeholder }
        // As above, only a text that looks like a path is repeated.
        let isPath = ["/", "./", "../"].contains { path.hasPrefix($0) } && path.dropFirst().contains("/")
        let shown = isPath ? "the file \(quoted(path))" : "the file named here"
        let contents: ConfigurationFile.Contents
        do {
            contents = try ConfigurationFile.contents(
                of: path.hasPrefix("/") ? path : "\(folder)/\(path)",
                limit: Self.maximumBytes
            )
        } catch {
            let reason =
                switch error {
                case .missing: "does not exist; relative paths begin in the folder of this configuration"
                case .notReadable: "cannot be read; give the user that runs clusterbot read permission"
                case .notAFile: "is not a regular file"
                case .tooLarge: "is larger than \(Self.maximumBytes / 1024) KiB; is it the right one?"
                }
            field.problem("\(shown) for \(field.name) \(reason)")
            return nil
        }
        if contents.isOpenToEveryone {
            field.log.warning(
                field.place,
                "\(shown) for \(field.name) is open to everybody on this machine; run `chmod 600` on it"
            )
        }
        guard var text = String(validating: contents.bytes, as: UTF8.self) else {
            field.problem("\(shown) for \(field.name) holds bytes that are not text")
            return nil
        }
        if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
        if text.unicodeScalars.last == "\r" { text.unicodeScalars.removeLast() }
        return checked(text, shown, kind, field)
    }

    private func checked(_ value: String, _ source: String, _ kind: SecretKind, _ field: Field) -> Secret? {
        let problem = value.utf8.count > Self.maximumBytes ? "is longer than any secret" : kind.problem(of: value)
        if let problem {
            field.problem("\(source) for \(field.name) \(problem)")
            return nil
        }
        return Secret(value)
    }

    private static let placeholder = Secret("not-read")
}
