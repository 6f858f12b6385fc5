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
            if case .scalar(let text) = field.node.content, let name = Self.reference(text) {
                field.problem("\(field.name) must be written `\(name)`: \(Self.forms)")
                return nil
            }
            let literal = "; a secret itself never stands in this file, so if one did, replace it where it was issued"
            field.problem("\(field.name) must be \(Self.forms)\(literal)")
            return nil
        }
        guard entries.count == 1, let entry = entries.first, ["env", "file"].contains(entry.key),
            case .scalar(let name) = entry.value.content, !name.isEmpty
        else {
            let meant = entries.count == 1 ? entries.first.flatMap { Self.reference($0.key) } : nil
            let hint = meant.map { ", with a space behind the colon: `\($0)`" } ?? ", with a name or a path behind it"
            field.problem("\(field.name) must be \(Self.forms): one of the two keys\(hint)")
            return nil
        }
        let source = Field(name: field.name, keyPlace: entry.place, node: entry.value, log: field.log)
        return entry.key == "env" ? variable(name, kind, source) : file(name, kind, source)
    }

    /// Reads a reference as other programs spell it, `$NAME` or `env:NAME`, and returns how it is written here; nil if it
    /// is none. A secret that stands there by mistake does not look like a name.
    private static func reference(_ text: String) -> String? {
        guard let match = text.wholeMatch(of: /(?:\$|env:\s*)([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)/) else { return nil }
        return "{env: \(match.1)}"
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
        guard !path.hasPrefix("~") else {
            field.problem(
                "the file for \(field.name) begins with `~`, which stands for nothing here; write the whole path"
            )
            return nil
        }
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
