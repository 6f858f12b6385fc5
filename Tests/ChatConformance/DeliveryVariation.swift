/// How a delivery differs from an ordinary one.
package enum DeliveryVariation: Hashable, Sendable {
    case genuine
    /// The same once more, as another delivery: somebody types it a second time.
    case another
    /// Without a signature.
    case unsigned
    /// Signed with a secret that is not ours.
    case foreignSecret
    /// Changed after it was signed.
    case altered
    /// Signed so many seconds before now; after it, if negative.
    case signedEarlier(seconds: Int)
    /// Genuine, and of another app.
    case foreignApp
    /// Genuine, and of a workspace that is not configured.
    case foreignWorkspace
    /// Signed as it must be, and not readable.
    case unreadable
}
