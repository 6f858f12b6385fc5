/// What can be done in a transaction, subject by subject.
package protocol StoreWriter:
    StoreReader, ChangeWriter, QueueWriter, IntentWriter, HistoryWriter, PostWriter, ChatWaitWriter, DeliveryWriter,
    OwnershipWriter
{
    /// Does something once this transaction is durable and its caller is going to hear so; not if it failed, or nobody knows
    /// whether it is stored. Runs on the storing thread, before all callers that share the commit: it must not block.
    func whenStored(_ effect: @escaping @Sendable () -> Void)
}
