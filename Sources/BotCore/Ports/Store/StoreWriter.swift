/// Reads and writes the store in one transaction, subject by subject.
package protocol StoreWriter:
    StoreReader, ChangeWriter, QueueWriter, IntentWriter, HistoryWriter, PostWriter, ChatWaitWriter, DeliveryWriter,
    OwnershipWriter, ClosureWriter, OfferWriter, FollowingWriter
{
    /// Runs an effect once this transaction is durable and its caller is going to be told so; not if it failed, or if
    /// it is not known whether it is stored. The effect runs on the storing thread, before all callers that share the
    /// commit are answered: it must not block.
    func whenStored(_ effect: @escaping @Sendable () -> Void)
}
