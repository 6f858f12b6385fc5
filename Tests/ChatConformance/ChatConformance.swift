import BotCore

/// What the suite's promises share.
package enum ChatConformance {
    /// When everything happens.
    package static let now = Timestamp(seconds: 1_800_000_000)

    /// - Throws: ``BrokenPromise`` unless the condition holds.
    static func expect(_ holds: Bool, _ what: @autoclosure () -> String) throws(BrokenPromise) {
        if !holds { throw BrokenPromise(description: what()) }
    }
}

/// Something that every platform promises did not hold.
package struct BrokenPromise: Error, Sendable, CustomStringConvertible {
    package let description: String
}
