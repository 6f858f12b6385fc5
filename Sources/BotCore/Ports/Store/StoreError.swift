/// The errors of the store, besides those that a closure throws itself.
package struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// The row is not as the transaction needs it.
        case conflict
        /// Another process has the store open.
        case inUse
        /// It cannot be opened: it is missing, is not a clusterbot store, or was written by a newer clusterbot.
        case cannotOpen
        /// It cannot be written: the disk is full, or failed. Nothing was stored.
        case cannotWrite
        /// The commit itself failed, so it is not known whether it is on the disk. The next start finds out.
        case outcomeUnknown
        /// Another process has opened the store since; this one may not write any more.
        case fenced
        /// The stored data is damaged or does not fit together.
        case corrupt
        /// The store is closing.
        case closed
    }

    package let code: Code
    /// A sentence for people that says what is wrong and what to do.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
