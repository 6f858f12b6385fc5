import BotCore

/// The error for a delivery that could not be made durable before its sender stopped waiting. It counts as not
/// received.
package struct TooLate: Error, CustomStringConvertible {
    package var description: String { "The store did not take it in time." }
}
