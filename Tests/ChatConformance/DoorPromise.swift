import BotCore
import ChatKit
import CurlHTTP

/// What every platform's door promises.
package enum DoorPromise: Hashable, Sendable, CaseIterable {
    case whatIsTypedIsRead, whatIsClickedIsRead, textsComeInAsTheyWereTyped
    case forgedDeliveriesAreRefusedSilently, staleDeliveriesAreRefusedSilently
    case aRepeatedDeliveryHasTheSameKey, anotherDeliveryHasAnother
    case strangersAreToldAndHaveNoEffect, whatCannotBeReadHasNoEffect
    case everyOutcomeIsCounted

    /// - Throws: ``BrokenPromise``.
    package func check(_ chat: any ChatUnderTest) throws {
        let door = try PlayedDoor(chat)
        switch self {
        case .whatIsTypedIsRead: try door.whatIsTypedIsRead()
        case .whatIsClickedIsRead: try door.whatIsClickedIsRead()
        case .textsComeInAsTheyWereTyped: try door.textsComeInAsTheyWereTyped()
        case .forgedDeliveriesAreRefusedSilently:
            for forged in [DeliveryVariation.unsigned, .foreignSecret, .altered] {
                for answer in try door.answers(forged) { try door.isRefusedSilently(answer, "\(forged)") }
            }
        case .staleDeliveriesAreRefusedSilently:
            for seconds in [3600, -3600] {
                for answer in try door.answers(.signedEarlier(seconds: seconds)) {
                    try door.isRefusedSilently(answer, "signed \(seconds) s ago")
                    try ChatConformance.expect(
                        answer.refusal == .clockDiffers(.seconds(seconds)),
                        "the log would say \(answer.refusal?.reason ?? "nothing")"
                    )
                }
            }
        case .aRepeatedDeliveryHasTheSameKey:
            try ChatConformance.expect(try door.keys(.genuine) == door.keys(.genuine), "the keys differ")
        case .anotherDeliveryHasAnother:
            let (one, other) = (try door.keys(.genuine), try door.keys(.another))
            try ChatConformance.expect(Set(one).isDisjoint(with: other), "\(one) and \(other)")
        case .strangersAreToldAndHaveNoEffect: try door.strangersAreToldAndHaveNoEffect()
        case .whatCannotBeReadHasNoEffect:
            for answer in try door.answers(.unreadable) {
                try ChatConformance.expect(answer.status == 400 && answer.outcome == .malformed, "\(answer)")
            }
        case .everyOutcomeIsCounted:
            for variation in [DeliveryVariation.unsigned, .foreignApp, .foreignWorkspace, .unreadable] {
                for answer in try door.answers(variation) {
                    try ChatConformance.expect(
                        door.door.outcomes.contains(answer.outcome),
                        "\(answer.outcome.rawValue)"
                    )
                }
            }
            try ChatConformance.expect(
                Set(WebhookOutcome.common).isSubset(of: door.door.outcomes)
                    && Set(door.door.outcomes).count == door.door.outcomes.count,
                "\(door.door.outcomes)"
            )
        }
    }
}

/// A platform's door with what is delivered there.
private struct PlayedDoor {
    let chat: any ChatUnderTest
    let door: any ChatDoor

    init(_ chat: any ChatUnderTest) throws(BrokenPromise) {
        self.chat = chat
        let connection = chat.settings.connect(PlayedTransport([]), SetClock(ChatConformance.now))
        guard let door = connection.door else { throw BrokenPromise(description: "there is no door") }
        self.door = door
    }

    private func meaning(_ played: PlayedDelivery) throws(BrokenPromise) -> WebhookMeaning {
        guard let webhook = door.webhooks.first(where: { $0.name == played.webhook }) else {
            throw BrokenPromise(description: "there is no webhook \(played.webhook)")
        }
        try ChatConformance.expect(webhook.methods.contains(played.delivery.method), "the method is not taken")
        return webhook.meaning(played.delivery)
    }

    private func command(_ text: String, _ variation: DeliveryVariation = .genuine) throws(BrokenPromise)
        -> InboundCommand
    {
        guard case .command(let command) = try meaning(chat.command(text, variation)) else {
            throw BrokenPromise(description: "`\(text)` is no command")
        }
        return command
    }

    private func click(_ kind: Message.Button.Kind, _ variation: DeliveryVariation = .genuine) throws(BrokenPromise)
        -> InboundClick
    {
        guard case .click(let click) = try meaning(chat.click(kind, value: "17.abc", variation)) else {
            throw BrokenPromise(description: "\(kind) is no click")
        }
        return click
    }

    /// What a command and a click are answered that must have no effect.
    func answers(_ variation: DeliveryVariation) throws(BrokenPromise) -> [WebhookAnswer] {
        var answers: [WebhookAnswer] = []
        for played in [chat.command("42 scale 4", variation), chat.click(.approve, value: "17.abc", variation)] {
            guard case .answer(let answer) = try meaning(played) else {
                throw BrokenPromise(description: "\(variation) has an effect at \(played.webhook)")
            }
            answers.append(answer)
        }
        return answers
    }

    func keys(_ variation: DeliveryVariation) throws(BrokenPromise) -> [String] {
        [try command("42 scale 4", variation).deliveryKey, try click(.approve, variation).deliveryKey]
    }

    func isRefusedSilently(_ answer: WebhookAnswer, _ what: String) throws(BrokenPromise) {
        try ChatConformance.expect(
            answer.status == 401 && answer.body.isEmpty && answer.told == nil && answer.outcome == .badSignature
                && answer.refusal != nil,
            "\(what): \(answer)"
        )
    }

    func whatIsTypedIsRead() throws(BrokenPromise) {
        let command = try command("42 scale 4")
        try ChatConformance.expect(command.account == chat.account, "by \(command.account)")
        try ChatConformance.expect(command.channel == chat.channel, "in \(command.channel)")
        try ChatConformance.expect(
            command.account.platform == door.platform && command.channel.platform == door.platform,
            "of \(command.account.platform)"
        )
        try ChatConformance.expect(Account(command.account.description) == command.account, "\(command.account)")
        try ChatConformance.expect(Channel(command.channel.description) == command.channel, "\(command.channel)")
        try ChatConformance.expect(command.typedAt == ChatConformance.now, "at \(command.typedAt)")
        try ChatConformance.expect(command.deliveryKey.hasPrefix("\(door.platform):"), "as \(command.deliveryKey)")
        try ChatConformance.expect(!command.isDirect, "nobody else is there")
    }

    func whatIsClickedIsRead() throws(BrokenPromise) {
        for kind in [Message.Button.Kind.approve, .deny, .cancel, .confirm] {
            let click = try click(kind)
            try ChatConformance.expect(click.button == kind.rawValue && click.value == "17.abc", "\(click.button)")
            try ChatConformance.expect(
                click.account == chat.account && click.channel == chat.channel,
                "\(click.account)"
            )
            try ChatConformance.expect(click.clickedAt == ChatConformance.now, "at \(click.clickedAt)")
            try ChatConformance.expect(click.deliveryKey.hasPrefix("\(door.platform):"), "as \(click.deliveryKey)")
        }
    }

    func textsComeInAsTheyWereTyped() throws(BrokenPromise) {
        for text in ["42 scale 4 --reason \"a < b & c > d\"", "naïve 🚀 日本語", "&lt;b&gt; &amp;", "100% + 1 = 2;/?", ""] {
            let read = try command(text).text
            try ChatConformance.expect(read == text, "`\(text)` came in as `\(read)`")
        }
    }

    func strangersAreToldAndHaveNoEffect() throws(BrokenPromise) {
        for (variation, outcome) in [
            (DeliveryVariation.foreignApp, WebhookOutcome.foreignApp), (.foreignWorkspace, .foreignWorkspace),
        ] {
            let answers = try answers(variation)
            for answer in answers {
                try ChatConformance.expect(answer.status == 200 && answer.outcome == outcome, "\(answer)")
                try ChatConformance.expect(answer.refusal != nil, "nobody hears of it")
            }
            try ChatConformance.expect(!answers[0].body.isEmpty, "who typed is told nothing")
            try ChatConformance.expect(
                !answers[1].body.isEmpty || answers[1].told != nil,
                "who clicked is told nothing"
            )
        }
    }
}
