import BotCore
import Foundation

/// Finds the files that a configuration includes by path or pattern. Each is read once.
package struct IncludedPaths {
    /// What is wrong with a pattern, and what would be right.
    package struct Problem: Error {
        package let message: String
    }

    /// The most files that are included. More are surely not meant, such as those of a whole disk.
    private static let mostFiles = 500

    private let folder: String
    private let trustsOwners: Bool
    private var taken: [String]

    /// - Parameters:
    ///   - path: the path of the configuration. Relative paths begin in its folder.
    ///   - trustsOwners: whether folders on the way may belong to any user.
    package init(of path: String, trustsOwners: Bool = false) {
        self.trustsOwners = trustsOwners
        let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) : ""
        self.folder = path.hasPrefix("/") && folder.isEmpty ? "/" : folder
        taken = [Self.real(path)]
    }

    /// Returns paths in the order of the names of their files; those with the same name in the order of their folders.
    package static func inOrder(_ paths: [String]) -> [String] {
        let name = { (path: String) in path.split(separator: "/").last ?? "" }
        return paths.sorted { left, right in
            name(left) == name(right)
                ? left.utf8.lexicographicallyPrecedes(right.utf8)
                : name(left).utf8.lexicographicallyPrecedes(name(right).utf8)
        }
    }

    /// Returns the paths of the files that fit a pattern.
    /// - Parameter looks: whether files are looked for; if not, only the pattern itself is checked.
    package mutating func files(_ pattern: String, looks: Bool) throws(Problem) -> [String] {
        try Self.check(pattern)
        guard looks else { return [] }
        let cut = pattern.lastIndex(of: "/").map { pattern.index(after: $0) } ?? pattern.startIndex
        let name = String(pattern[cut...])
        let inner = String(pattern[..<cut])
        try checkWay(inner)
        let files: [String]
        if Self.isPattern(name) {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: at(inner.isEmpty ? "." : inner))
            else {
                throw Problem(
                    message: "the folder `\(inner)` is not there, or cannot be read; a relative path begins at "
                        + "this file"
                )
            }
            let fitting = names.filter { !$0.hasPrefix(".") && Self.fits(Array(name), Array($0)) }
            guard !fitting.isEmpty else {
                throw Problem(
                    message: "no file fits `\(pattern)`, and a pattern that fits nothing may be a rule that is "
                        + "missed; a relative path begins at this file"
                )
            }
            files = Self.inOrder(fitting.map { at(inner + $0) })
        } else {
            files = [at(pattern)]
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: at(pattern), isDirectory: &isFolder) else {
                throw Problem(message: "there is no file `\(pattern)`; a relative path begins at this file")
            }
            guard !isFolder.boolValue else {
                throw Problem(message: "`\(pattern)` is a folder; name the files in it, as in `\(pattern)/*.yaml`")
            }
        }
        guard taken.count + files.count <= Self.mostFiles else {
            throw Problem(message: "more than \(Self.mostFiles) files are included; put rules together into fewer")
        }
        for file in files {
            let real = Self.real(file)
            guard real != taken.first else {
                throw Problem(
                    message: "`\(pattern)` fits the configuration itself; give the included files a folder of "
                        + "their own, as in `policy.d/*.yaml`"
                )
            }
            guard !taken.contains(real) else {
                throw Problem(message: "`\(file)` is included twice; name each file once")
            }
            taken.append(real)
        }
        return files
    }

    private static func check(_ pattern: String) throws(Problem) {
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if pattern.hasPrefix("~") || pattern.hasPrefix("$") {
            throw Problem(
                message: "`\(pattern.prefix(1))` stands for nothing here; write the path out, or relative to this file"
            )
        }
        if pattern.contains("://") {
            throw Problem(message: "rules come from files only; write a path, as in `policy.d/*.yaml`")
        }
        if pattern.contains(where: { "[]{}!".contains($0) }) {
            throw Problem(
                message: "only `*` and `?` stand for characters in a pattern; write for example `policy.d/*.yaml`"
            )
        }
        if parts.dropLast().contains(where: isPattern) || pattern.contains("**") {
            throw Problem(
                message: "`*` and `?` stand only in the last part of a path, once for each folder; write for "
                    + "example `policy.d/*.yaml`"
            )
        }
        if parts.last?.isEmpty == true || parts.last == "." || parts.last == ".." {
            throw Problem(message: "this is a folder; name the files in it, as in `policy.d/*.yaml`")
        }
        if parts.drop(while: { $0 == ".." }).contains("..") {
            throw Problem(message: "`..` stands only at the beginning of a path; write the way without it")
        }
    }

    /// Refuses a folder on the way that others can change: whoever puts another folder there decides which rules are read.
    /// The last folder is looked at with each file.
    private func checkWay(_ inner: String) throws(Problem) {
        var way = ""
        for part in inner.split(separator: "/").dropLast() {
            way += (way.isEmpty && !inner.hasPrefix("/") ? "" : "/") + part
            guard part != "..", let rights = FileRights(of: at(way)) else { continue }
            guard !rights.othersMayChange || rights.keepsApart else {
                throw Problem(
                    message: "others can put another folder in the place of one in `\(way)`; run "
                        + "`chmod go-w \(way)`"
                )
            }
            if let stranger = rights.stranger, !trustsOwners {
                throw Problem(
                    message:
                        "`\(way)` belongs to \(stranger), who can put another folder in the place of one in it; give "
                        + "it to root, `chown root \(at(way))`"
                )
            }
        }
    }

    private func at(_ path: String) -> String {
        path.hasPrefix("/") || folder.isEmpty ? path : folder == "/" ? "/\(path)" : "\(folder)/\(path)"
    }

    private static func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

    private static func isPattern(_ part: String) -> Bool { part.contains { $0 == "*" || $0 == "?" } }

    /// Returns whether a name fits a pattern; `*` stands for any characters, `?` for one.
    private static func fits(_ pattern: [Character], _ name: [Character]) -> Bool {
        // Each round knows, for a beginning of the pattern, which beginnings of the name fit it.
        var fitting = [true] + Array(repeating: false, count: name.count)
        for sign in pattern {
            var next = Array(repeating: false, count: name.count + 1)
            for index in next.indices {
                if sign == "*" {
                    next[index] = fitting[index] || (index > 0 && next[index - 1])
                } else if index > 0 {
                    next[index] = fitting[index - 1] && (sign == "?" || sign == name[index - 1])
                }
            }
            fitting = next
        }
        return fitting[name.count]
    }
}
