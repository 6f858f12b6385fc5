import BotCore
import BotEngine
import TestSupport

/// The people in the channels: they type, click, click twice, agree to their own requests, and do it all while things break.
/// What they were told is kept, because it must turn out true.
final class Crowd: @unchecked Sendable {
    /// Something that came in by webhook, perhaps several times.
    struct Delivery {
        enum Kind {
            case request(cluster: Int, action: String, arguments: [String: JSONValue])
            /// An approval or a confirmation.
            case agreement(change: Int, digest: String?)
            /// A line that is no command; the answer may offer what was meant, if that is known.
            case slip(Meaning?)
            /// A click on an offer, by its handle.
            case offer(String)
            case other
        }

        let key: String
        let account: Account
        let kind: Kind
        let at: Int
        var isUnderWay = 0
        /// The change that its sender was told is on its way.
        var promised: Int?
        /// Whether a sender was told that it is stored.
        var wasAnswered = false
        /// Whether a sender was told that it is not stored.
        var wasRefused = false
        /// The process that told so ended before it could withdraw what was stored all the same.
        var wasNotWithdrawn = false
        /// The process ended before an answer, or nobody could say what was stored.
        var isOpen = false
    }

    /// A webhook that can be sent again.
    enum Webhook {
        case command(InboundCommand)
        case click(InboundClick)
    }

    unowned let world: World
    private(set) var deliveries: [String: Delivery] = [:]
    /// In the order in which they were shown.
    var offers: [SeenOffer] = []
    private var sent: [Webhook] = []
    private var lastKey = 0
    /// How many more times somebody does something.
    private var actsLeft = 0
    private let pause: Int

    /// How long the platform waits for an answer, less what its way takes.
    private static let patience = Duration.milliseconds(2500)

    init(_ world: World) {
        self.world = world
        pause = world.random.pick([2, 4, 8, 20]).seconds
    }

    var isDone: Bool { actsLeft == 0 }

    func begin(acts: Int) {
        actsLeft = acts
        schedule()
    }

    func stop() { actsLeft = 0 }

    private func schedule() {
        guard actsLeft > 0 else { return }
        world.scheduler.after(world.random.between(0, 2 * pause), of: .world) { [unowned self] in
            guard actsLeft > 0 else { return }
            actsLeft -= 1
            act()
            world.stepClock()
            if world.happens(.outsider) { world.cloud.outsiderActs() }
            if world.happens(.shutdown), let life = world.life, life.isAlive {
                world.trace("shutdown")
                life.shutDown()
            }
            if world.happens(.rulesReplaced) { world.replaceRules() }
            schedule()
        }
    }

    private func act() {
        switch world.random.below(100) {
        case ..<22: request()
        case ..<28: slip()
        case ..<38: clickOffer()
        case ..<72: clickSomething()
        case ..<82: typeDecision()
        case ..<88: resolve()
        case ..<90: ask()
        case ..<94: close()
        case ..<95: flood()
        default: if let old = world.random.pickIfAny(sent) { deliver(old) }
        }
    }

    // MARK: Deliveries

    func nextKey() -> String {
        lastKey += 1
        return "delivery \(lastKey)"
    }

    func send(_ webhook: Webhook, _ delivery: Delivery) {
        deliveries[delivery.key] = delivery
        sent.append(webhook)
        deliver(webhook)
        if world.happens(.doubleClick) { deliver(webhook) }
        if world.happens(.redelivery) {
            world.scheduler.after(world.random.between(1, 60).seconds, of: .world) { [unowned self] in deliver(webhook)
            }
        }
    }

    private func deliver(_ webhook: Webhook) {
        guard let life = world.life, life.isAlive, let engine = life.engine else {
            world.tally.count("deliveries while nothing ran")
            return
        }
        world.tally.count("deliveries")
        world.trace("delivered: \(webhook.text)")
        deliveries[webhook.key]?.isUnderWay += 1
        let deadline = Duration.microseconds(world.scheduler.uptime) + Self.patience
        Task.detached { [self] in
            life.cross(.deliveryTaken)
            do {
                try life.check()
                var reply: Reply?
                switch webhook {
                case .command(let command): reply = try await engine.intake.handle(command, deadline: deadline)
                case .click(let click): try await engine.intake.handle(click, deadline: deadline)
                }
                life.cross(.deliveryAnswered)
                if life.isAlive { answered(webhook, reply) } else { cutOff(webhook.key) }
            } catch {
                // Who hears an error of a living process hears that nothing was stored, unless it says that nobody knows.
                let isKnown = (error as? StoreError)?.code != .outcomeUnknown
                if life.isAlive, life.store.failure == nil, isKnown {
                    refused(webhook.key, error)
                } else {
                    cutOff(webhook.key)
                }
            }
        }
    }

    private func answered(_ webhook: Webhook, _ reply: Reply?) {
        let key = webhook.key
        guard var delivery = deliveries[key] else { return }
        delivery.isUnderWay -= 1
        delivery.wasAnswered = true
        let message = reply?.message
        let text = message?.summary.plain ?? ""
        world.trace("answer to \(key): \(text)")
        if let message, text.contains("– I am "), case .request = delivery.kind {
            delivery.promised = message.changeNumber
            world.tally.count("requests accepted")
        }
        if let message, case .command(let command) = webhook {
            let meaning: Meaning? = if case .slip(let meaning) = delivery.kind { meaning } else { nil }
            see(message, by: delivery.account, in: command.channel, meaning: meaning)
        }
        deliveries[key] = delivery
    }

    private func refused(_ key: String, _ error: any Error) {
        world.trace("\(key) is told: not stored (\(error))")
        world.tally.count("deliveries told that they are not stored")
        deliveries[key]?.isUnderWay -= 1
        deliveries[key]?.wasRefused = true
    }

    /// A process ends: what it has not withdrawn by now goes on.
    func processEnds() {
        for (key, delivery) in deliveries where delivery.wasRefused && !delivery.wasAnswered {
            guard let id = world.disk.state.opened(by: key), world.disk.state.change(id)?.state.isEnd == false else {
                continue
            }
            deliveries[key]?.wasNotWithdrawn = true
            world.tally.count("withdrawals lost with a process")
        }
    }

    private func cutOff(_ key: String) {
        deliveries[key]?.isUnderWay -= 1
        deliveries[key]?.isOpen = true
    }
}

extension Crowd.Webhook {
    var key: String {
        switch self {
        case .command(let command): command.deliveryKey
        case .click(let click): click.deliveryKey
        }
    }

    var text: String {
        switch self {
        case .command(let command): "\(command.deliveryKey), \(command.account.user): \(command.text)"
        case .click(let click):
            "\(click.deliveryKey), \(click.account.user) clicks \(click.button) \(click.value.prefix(14))"
        }
    }
}
