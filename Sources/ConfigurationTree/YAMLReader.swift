import Yams

/// Turns the text of a configuration into a tree, or logs where it is not the plain YAML that is understood here.
package struct YAMLReader {
    private let log: ProblemLog

    /// The deepest nesting, which bounds the recursion. No configuration is nested so deeply.
    private static let deepestNesting = 32
    /// The most duplicate keys that are looked for: each takes another pass over the text.
    private static let mostDuplicates = 50

    package init(log: ProblemLog) { self.log = log }

    /// Returns the tree of the only document in the text; nil if a problem was logged instead.
    package func tree(of text: String) -> YAMLNode? {
        let original = SourceText(text)
        var source = text
        var renamed: [Place: String] = [:]
        while true {
            do {
                let parser = try Parser(yaml: source, resolver: .basic, encoding: .utf8)
                // Nodes know their anchors only while the parser lives.
                return try withExtendedLifetime(parser) {
                    guard let root = try parser.singleRoot() else {
                        log.problem(.start, "the file is empty; config/clusterbot.yaml is a sample to begin with")
                        return nil
                    }
                    return node(root, Reading(renamed: renamed, source: original), depth: 0)
                }
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                // Yams stops at the first duplicate key. So that everything else is found, too, the earlier of the two
                // gets a name that nobody writes, and the text is read again.
                let place = Place(line: context.mark.line, column: context.mark.column)
                let key = keys.first ?? ""
                guard renamed.count < Self.mostDuplicates,
                    let next = source.replacingKey(key, at: place, by: Self.alias(renamed.count))
                else {
                    log.problem(place, "the key \(quotedKey(key)) is there twice; keep one of the two")
                    return nil
                }
                renamed[place] = key
                source = next
            } catch let error as YamlError {
                log.syntaxError(error, in: original)
                return nil
            } catch {
                log.problem(.start, "the file cannot be read as YAML")
                return nil
            }
        }
    }

    /// Returns a character of Unicode's private area for each renamed key, so that no two renamed keys are equal.
    private static func alias(_ index: Int) -> Unicode.Scalar { Unicode.Scalar(UInt32(0xE000 + index)) ?? "\u{E000}" }

    /// What one reading knows besides the tree.
    private struct Reading {
        /// The duplicate keys by their places.
        let renamed: [Place: String]
        let source: SourceText
    }

    private func node(_ node: Node, _ reading: Reading, depth: Int) -> YAMLNode {
        let place = Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        guard depth < Self.deepestNesting else {
            log.problem(
                place,
                "this is nested more than \(Self.deepestNesting) levels deep; no key here goes that deep"
            )
            return YAMLNode(place: place, content: .refused)
        }
        guard node.anchor == nil else {
            log.problem(
                place,
                "anchors and aliases (`&name`, `*name`) are not used here; write the value out, or put it into quotes"
            )
            return YAMLNode(place: place, content: .refused)
        }
        switch node {
        case .scalar(let scalar):
            checkTag(scalar.tag, "str", place)
            guard scalar.string.isEmpty, scalar.style == .plain else { return value(scalar.string, at: place) }
            if let word = reading.source.commentedWord(behind: place) {
                log.problem(word, SourceText.comment)
                return YAMLNode(place: place, content: .refused)
            }
            return YAMLNode(place: place, content: .nothing)
        case .sequence(let sequence):
            checkTag(sequence.tag, "seq", place)
            return YAMLNode(place: place, content: .list(sequence.map { self.node($0, reading, depth: depth + 1) }))
        case .mapping(let mapping):
            checkTag(mapping.tag, "map", place)
            return YAMLNode(place: place, content: .table(entries(mapping, reading, depth: depth)))
        case .alias:
            log.problem(place, "aliases (`*name`) are not used here; write the value out, or put it into quotes")
            return YAMLNode(place: place, content: .refused)
        }
    }

    /// Returns a scalar, unless it waits for the environment: `${NAME}` stands for nothing here.
    private func value(_ text: String, at place: Place) -> YAMLNode {
        guard let variable = SourceText.variable(in: text) else {
            return YAMLNode(place: place, content: .scalar(text))
        }
        log.problem(place, SourceText.notReplaced(variable))
        return YAMLNode(place: place, content: .refused)
    }

    private func entries(_ mapping: Node.Mapping, _ reading: Reading, depth: Int) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var earlier: [String: Place] = [:]
        for (key, value) in mapping {
            let place = Place(line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
            guard case .scalar(let scalar) = key, key.anchor == nil else {
                log.problem(place, "a key must be a plain word")
                continue
            }
            if let original = reading.renamed[place] {
                earlier[original] = earlier[original] ?? place
                continue
            }
            entries.append(
                YAMLNode.Entry(key: scalar.string, place: place, value: self.node(value, reading, depth: depth + 1))
            )
        }
        for entry in entries {
            guard let first = earlier[entry.key] else { continue }
            log.problem(
                entry.place,
                "the key \(quotedKey(entry.key)) is there twice, first on line \(first.line); keep one of the two"
            )
        }
        return entries
    }

    private func checkTag(_ tag: Tag, _ usual: String, _ place: Place) {
        guard !["", "tag:yaml.org,2002:\(usual)"].contains(tag.description) else { return }
        log.problem(place, "tags (`!name`) are not used here; leave it out, or put the value into quotes")
    }
}

extension String {
    /// Returns the text with the key at a place, bare or in quotes, overwritten by as many fillers; nil if something
    /// else stands there.
    fileprivate func replacingKey(_ key: String, at place: Place, by filler: Unicode.Scalar) -> String? {
        var scalars = Array(unicodeScalars)
        var index = 0
        for _ in 1..<max(1, place.line) {
            guard let end = scalars[index...].firstIndex(where: { $0 == "\n" }) else { return nil }
            index = end + 1
        }
        index += place.column - 1
        if index < scalars.count, scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
        let wanted = Array(key.unicodeScalars)
        guard !wanted.isEmpty, index + wanted.count <= scalars.count else { return nil }
        let range = index..<index + wanted.count
        guard Array(scalars[range]) == wanted else { return nil }
        scalars.replaceSubrange(range, with: repeatElement(filler, count: wanted.count))
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
