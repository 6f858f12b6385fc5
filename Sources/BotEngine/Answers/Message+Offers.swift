import BotCore
import Logging

extension Message {
    /// The lines that it offers, in their order.
    var offered: [OfferedLine] {
        blocks.flatMap { block -> [OfferedLine] in if case .offers(let lines) = block { lines } else { [] } }
    }

    /// Returns the message with buttons for what it offers.
    /// - Parameter offers: the stored offers, in the order of ``offered``.
    func withButtons(_ offers: [Offer]) -> Message {
        var left = offers[...]
        var message = self
        message.blocks = blocks.compactMap { block in
            guard case .offers(let lines) = block else { return block }
            let buttons = zip(lines, left).map {
                Message.Button($0.isPage ? .page : .offer, label: $0.label, value: $1.handle)
            }
            left = left.dropFirst(lines.count)
            return buttons.isEmpty ? nil : .buttons(buttons)
        }
        return message
    }
}

extension EngineContext {
    /// Stores what a message offers to an account, and returns the message with the buttons. Where nothing can be stored, or
    /// the platform has no buttons, it is the text alone: whatever is offered can be typed.
    func storingOffers(
        of message: Message,
        to account: Account,
        in channel: Channel,
        isDirect: Bool
    ) async -> Message {
        let lines = message.offered
        guard !lines.isEmpty else { return message }
        let hasButtons = platforms[channel.platform]?.features(in: channel).buttons ?? false
        guard hasButtons, store.canStoreOutcomes else { return message.withButtons([]) }
        let offers = lines.map { Offer(line: $0.line, account: account, isDirect: isDirect, madeAt: clock.now) }
        do {
            try await store.write { writer in
                for offer in offers { try writer.insert(offer) }
            }
            return message.withButtons(offers)
        } catch {
            logger.warning("offers not stored", metadata: ["error": "\(error)"])
            return message.withButtons([])
        }
    }
}
