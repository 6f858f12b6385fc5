/// The reason why the operations socket cannot be where it is configured, and what to do about it.
package struct SocketProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
