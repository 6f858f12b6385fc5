import BotCore
import Foundation

/// The way to a file through folders and symbolic links. Whoever can change a part of it decides which file is read.
enum TrustedWay {
    private static let mostLinks = 40

    /// Returns why others decide which file is at a path, and what to do; nil if they do not.
    ///
    /// Without a link the file's own folder counts. A link is followed where each link and folder on the way belongs to
    /// root or this process's user, and nobody else can change it.
    static func problem(to path: String) -> String? {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if let rights = FileRights(of: folder), rights.othersMayChange, !rights.keepsApart {
            return "others can put another file in this one's place; run `chmod go-w \(folder)`"
        }
        let (passed, isByLink) = steps(to: path)
        guard isByLink else { return nil }
        for step in passed {
            guard let rights = FileRights(of: step, followsLink: false) else { continue }
            // The file's own bits are looked at where its bytes are read.
            let isFree = step == passed.last || !rights.othersMayChange || rights.keepsApart
            guard rights.belongsToUsOrRoot, isFree else {
                return "a link leads to this file, and others can change \(step) on its way; name the file itself, or "
                    + "give that to root and run `chmod go-w` on it"
            }
        }
        return nil
    }

    /// Returns each folder, link and file that is passed on the way to a path, and whether a link is among them.
    private static func steps(to path: String) -> (passed: [String], isByLink: Bool) {
        var waiting = Array(URL(fileURLWithPath: path).path.split(separator: "/").map(String.init).reversed())
        var (at, passed, links) = ("", ["/"], 0)
        while let next = waiting.popLast() {
            if next == "." { continue }
            if next == ".." {
                at = at.lastIndex(of: "/").map { String(at[..<$0]) } ?? ""
                continue
            }
            let here = "\(at)/\(next)"
            passed.append(here)
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: here), links < mostLinks
            else {
                at = here
                continue
            }
            links += 1
            if target.hasPrefix("/") { at = "" }
            waiting += target.split(separator: "/").map(String.init).reversed()
        }
        return (passed, links > 0)
    }
}
