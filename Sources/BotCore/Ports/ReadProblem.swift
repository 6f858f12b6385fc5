/// The reason why a cluster could not be read. The text is for people.
package struct ReadProblem: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}
