/// A reason why this process must not use libcurl.
package struct CurlSetupError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A sentence for whoever starts the program: what is wrong and what to change.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
