import BotCore

/// The answer to a delivery, in the form in which it is stored for a redelivery.
struct StoredAnswer: Sendable {
    /// Sentences in which back-ticks mark code; empty: nothing to say.
    let text: String
    let isPrivate: Bool
    /// The change that the transaction opened.
    let opened: Int?
    /// The change of another delivery, if the text says that it goes on. It is not stored.
    let named: Int?
    /// The change that the transaction opened and refused. It is not stored.
    let refused: Int?
    /// What can be asked for instead. It is not stored.
    let offers: [OfferedLine]
    /// A button for what the person may want to add. It is not stored.
    let next: Message.Button?
    /// Whether a decision was carried out. Earlier versions did not store it.
    let isDone: Bool

    init(
        _ text: String,
        isPrivate: Bool = true,
        isDone: Bool = false,
        opened: Int? = nil,
        named: Int? = nil,
        refused: Int? = nil,
        offers: [OfferedLine] = [],
        next: Message.Button? = nil
    ) {
        self.text = text
        self.isPrivate = isPrivate
        self.isDone = isDone
        self.opened = opened
        self.named = named
        self.refused = refused
        self.offers = offers
        self.next = next
    }

    /// - Throws: ``StoreError/Code/outcomeUnknown`` if the text is not of this version's format: what the first delivery
    ///   was answered is stored, and 503 would say that it is not.
    init(stored: String) throws {
        guard let document = try? JSONValue(parsing: stored), document["v"] == .int(Self.version),
            let text = document["text"]?.string, let isPrivate = document["private"]?.bool,
            let opened = document["opened"], opened.isNull || opened.int != nil
        else {
            throw StoreError(
                .outcomeUnknown,
                "The store holds an answer to a delivery that cannot be read. What the delivery asked for is stored."
            )
        }
        self.init(text, isPrivate: isPrivate, isDone: document["done"]?.bool ?? false, opened: opened.int)
    }

    /// Canonical JSON: `{"done":false,"opened":17,"private":false,"text":"…","v":1}`.
    var stored: String {
        var document = CanonicalWriter(capacity: 256)
        document.object { document in
            document.member("done", .bool(isDone))
            document.member("opened", opened)
            document.member("private", .bool(isPrivate))
            document.member("text", text)
            document.member("v", Self.version)
        }
        return document.text
    }

    /// Returns the same answer for a redelivery, which opened nothing.
    func repeated(naming id: Int? = nil) -> Self { Self(text, isPrivate: isPrivate, isDone: isDone, named: id) }

    var reply: Reply {
        let refusal = refused.map(CommandResult.refused)
        if !offers.isEmpty { return .notDone(text, offering: offers, refusal ?? .notDone) }
        return Reply(
            text,
            isPrivate: isPrivate,
            (opened ?? named).map(CommandResult.change) ?? refusal ?? (isDone ? .done : .notDone)
        )
    }

    private static let version = 1
}
