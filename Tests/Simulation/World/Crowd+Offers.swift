import BotCore
import TestSupport

/// How people take what is offered to them: at once or too late, once or several times, and what was offered to others.
extension Crowd {
    /// A button of an offer that was shown.
    struct SeenOffer {
        let handle: String
        let kind: Message.Button.Kind
        /// Whom it was made to; nil: everybody.
        let account: Account?
        let channel: Channel
        /// When it was first on a screen.
        let seenAt: Int
        /// What it has to come to; nil where that is not known.
        let meaning: Meaning?
    }

    /// What somebody asks for, however it was written.
    struct Meaning: Equatable {
        let cluster: Int
        let action: String
        let arguments: [String: JSONValue]
    }

    /// Remembers the offers in a message.
    /// - Parameter account: who alone sees it; nil: everybody.
    func see(_ message: Message, by account: Account?, in channel: Channel, meaning: Meaning? = nil) {
        let buttons = message.buttons.filter { [.offer, .page].contains($0.kind) }
        for button in buttons where offer(button.value) == nil {
            world.tally.count("offers shown")
            offers.append(
                SeenOffer(
                    handle: button.value,
                    kind: button.kind,
                    account: account,
                    channel: channel,
                    seenAt: world.scheduler.uptime,
                    // Of several, it cannot be told which is which.
                    meaning: buttons.count == 1 ? meaning : nil
                )
            )
        }
    }

    func offer(_ handle: String) -> SeenOffer? { offers.last { $0.handle == handle } }

    /// A line that is not right, or not allowed, or goes on on another page.
    func slip() {
        let cluster = world.random.pick(Rules.allClusters)
        let image = world.random.between(100, 900)
        let meaning = Meaning(
            cluster: cluster.id,
            action: "update_image",
            arguments: ["image_version_id": .int(image)]
        )
        let (text, meant): (String, Meaning?) = world.random.weighted([
            (6, ("\(cluster.id) imaeg \(image)", meaning)), (3, ("\(cluster.id) image \(image)?", meaning)),
            (2, ("\(cluster.id) restart", nil)), (2, ("42 scale 20", nil)), (1, ("\(cluster.id)", nil)),
            (1, ("history 2", nil)),
        ])
        let account = world.random.pick([Person.amy, .ann, .bob]).accounts[0]
        let delivery = Delivery(key: nextKey(), account: account, kind: .slip(meant), at: world.scheduler.uptime)
        type(text, delivery)
    }

    /// Clicks an offer that is, or was, on a screen, once or several times.
    func clickOffer() {
        let some = world.random.happens(0.8) ? offers.suffix(4) : offers[...]
        guard let offer = world.random.pickIfAny(Array(some)) else { return slip() }
        click(offer)
    }

    func click(_ offer: SeenOffer) {
        clickOnce(offer)
        guard world.random.happens(0.4) else { return }
        let span = world.random.weighted([
            (3, world.random.below(500).milliseconds), (2, world.random.between(1, 120).seconds),
            (1, world.random.between(295, 305).seconds),
        ])
        world.scheduler.after(span, of: .world) { [unowned self] in if !isDone { clickOnce(offer) } }
    }

    private func clickOnce(_ offer: SeenOffer) {
        let others: [Person] = [.amy, .bob, .cat, .eve]
        let owner = offer.account ?? world.random.pick([Person.amy, .ann]).accounts[0]
        let account = world.random.happens(0.2) ? world.random.pick(others).accounts[0] : owner
        let delivery = Delivery(
            key: nextKey(),
            account: account,
            kind: .offer(offer.handle),
            at: world.scheduler.uptime
        )
        world.tally.count(account == owner ? "offers clicked" : "offers clicked by others")
        if world.scheduler.uptime - offer.seenAt >= Checker.offerGoodFor {
            world.tally.count("offers clicked too late")
        }
        let click = InboundClick(
            deliveryKey: delivery.key,
            account: account,
            displayName: account.user,
            channel: offer.channel,
            button: offer.kind.rawValue,
            value: offer.handle,
            clickedAt: world.trueTime,
            replyHandle: "https://hooks.example/\(account.user)"
        )
        send(.click(click), delivery)
    }

    /// The clicks on an offer so far.
    func clicks(on handle: String) -> [Delivery] {
        deliveries.values.filter { if case .offer(handle) = $0.kind { true } else { false } }
    }
}
