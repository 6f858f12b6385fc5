import BotCore
import ConfigurationTree

/// Reads files with more rules, which have every right of the configuration itself.
extension ConfigurationReader {
    /// Reads the files that the configuration includes, in the order of their names, whichever pattern finds them.
    func include(_ top: Table) -> [IncludedFile] {
        guard let field = top.field("include"),
            let elements = field.list("files with more rules, such as [policy.d/*.yaml]")
        else { return [] }
        var paths = IncludedPaths(of: log.file, trustsOwners: trustsOwners)
        let found = elements.flatMap { element -> [String] in
            guard let pattern = element.text("the path of a file, or a pattern such as policy.d/*.yaml") else {
                return []
            }
            do throws(IncludedPaths.Problem) {
                return try paths.files(pattern, looks: looksForFiles)
            } catch {
                element.problem(error.message)
                return []
            }
        }
        return IncludedPaths.inOrder(found).map(read)
    }

    private func read(_ path: String) -> IncludedFile {
        let log = log.beginning(file: path)
        guard let (text, origin) = ConfigurationFile.text(of: path, trustsOwners: trustsOwners, log) else {
            return IncludedFile(log: log, root: nil, origin: nil)
        }
        return IncludedFile(log: log, root: YAMLReader(log: log).tree(of: text), origin: origin)
    }

    /// Returns the same reader for another file.
    func reading(into log: ProblemLog) -> ConfigurationReader {
        var reader = self
        reader.log = log
        reader.included = []
        return reader
    }

    /// Returns the entries of an included file's `policy`, which is all that it may hold.
    func rules(ofIncluded file: IncludedFile) -> [Field] {
        guard let root = file.root else { return [] }
        guard case .table(let entries) = root.content else {
            if case .refused = root.content { return [] }
            log.problem(root.place, "an included file holds `policy:` with a list of rules, not \(root.kind)")
            return []
        }
        let foreign = entries.filter { $0.key != "policy" && TableShape.top.keys.contains($0.key) }
        for entry in foreign {
            log.problem(
                entry.place,
                entry.key == "include"
                    ? "an included file includes no others; name them under `include` of the configuration itself"
                    : "an included file holds `policy:` only; \(quoted(entry.key)) belongs into the configuration itself"
            )
        }
        let rest = entries.filter { entry in !foreign.contains { $0.key == entry.key } }
        let table = Table(rest, at: root.place, .included, log)
        guard foreign.isEmpty || table.has("policy") else { return [] }
        let field = table.required("policy", "[{name: engineers act on dev, allow: [changes], who: [engineers]}]")
        return field?.list(Self.ruleList, mayBeEmpty: true) ?? []
    }
}
