/// All things of one kind that a project has, by number, each with the name that people know it by.
package struct NamedList: Hashable, Sendable {
    /// The names by number; empty where the API gives none.
    package let names: [Int: String]
    /// Whether what is missing here is not there. It is not where the list lacks what the cluster certainly has: then it is
    /// somebody else's list.
    package var isComplete = true

    package init(_ names: [Int: String]) { self.names = names }

    /// The numbers of what has a name, in any capitals.
    package func numbers(of name: String) -> [Int] {
        let wanted = name.lowercased()
        return names.filter { $0.value.lowercased() == wanted }.keys.sorted()
    }

    /// What there is, for people: `amy-laptop (11), ci-runner (12) and 3 more`.
    package var listed: String {
        guard !names.isEmpty else { return "none" }
        let shown = names.keys.sorted().prefix(Self.mostListed).map { Self.words($0, names[$0]) }
        let more = names.count - shown.count
        return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }

    private static let mostListed = 12

    /// The name with the number behind it: `amy-laptop (11)`; the number alone where there is no name.
    package static func words(_ number: Int, _ name: String?) -> String {
        name.flatMap { $0.isEmpty ? nil : "\($0) (\(number))" } ?? "\(number)"
    }
}
