/// A condition that did not come true in time.
package struct WaitTimedOut: Error, CustomStringConvertible {
    /// The awaited event, in the words of whoever waited.
    package let awaited: String
    /// The time that was waited.
    package let timeout: Duration

    package var description: String { "waited \(timeout) in vain for: \(awaited)" }
}
