import Foundation

/// The way to a file through folders and symbolic links. Whoever can change a part of it decides which file is read.
package enum TrustedWay {
    private static let mostLinks = 40

    /// Returns the first link, folder or file of a way that others can change, where a link is on the way; nil if there is
    /// none.
    ///
    /// A link is followed where each link and folder on the way belongs to root or this process's user, and nobody else
    /// can change it. Without a link only the file and its own folder count, which the caller looks at.
    /// - Parameter trustsOwners: whether the steps may belong to any user, as long as nobody else can change them.
    package static func weakStep(to path: String, trustsOwners: Bool = false) -> String? {
        let (passed, isByLink) = steps(to: path)
        guard isByLink else { return nil }
        return passed.first { step in
            guard let rights = FileRights(of: step, followsLink: false) else { return false }
            // The bits of the file itself are looked at by the caller.
            let isFree = step == passed.last || !rights.othersMayChange || rights.keepsApart
            return !isFree || !trustsOwners && !rights.belongsToUsOrRoot
        }
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
