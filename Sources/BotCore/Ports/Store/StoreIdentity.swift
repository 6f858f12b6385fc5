/// The name of a store. It is made once and goes with every copy and backup, so that a store is told from others that post
/// in the same channel.
package struct StoreIdentity: Hashable, Sendable {
    /// 32 lower-case hexadecimal digits.
    package let id: String
    /// When the store got its name. No post that bears it is older.
    package let madeAt: Timestamp

    package init(id: String, madeAt: Timestamp) {
        self.id = id
        self.madeAt = madeAt
    }

    /// Returns the moment before which no post bears this name. The clocks of this machine and of a platform may differ by a
    /// day.
    package func toldSince(at now: Timestamp) -> Timestamp { min(madeAt, now) + .seconds(-86_400) }
}
