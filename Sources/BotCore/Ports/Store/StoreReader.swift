/// Reads the store, subject by subject.
package protocol StoreReader:
    ChangeReader, QueueReader, IntentReader, HistoryReader, PostReader, ChatWaitReader, DeliveryReader, OwnershipReader,
    ClosureReader, OfferReader, FollowingReader
{}
