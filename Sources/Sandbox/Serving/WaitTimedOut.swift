/// A condition that did not come true in time.
package struct WaitTimedOut: Error, CustomStringConvertible {
    /// What was awaited, in the words of whoever waited.
    package let awaited: String
    /// For how long.
    package let timeout: Duration

    package var description: String { "waited \(timeout) in vain for: \(awaited)" }
}
