import BotCore

/// A delivery could not be made durable before its sender stopped waiting. It counts as not received.
package struct TooLate: Error {}
