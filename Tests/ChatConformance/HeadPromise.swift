import BotCore
import ChatKit
import CurlHTTP

/// What a platform promises on which a history channel can be read back. One that cannot promises nothing.
package enum HeadPromise: Hashable, Sendable, CaseIterable {
    case aHeadStandsBesideTheText, onlyTheBotsOwnUneditedPostsCount, whatIsInTheWayIsUnderstood

    /// - Throws: ``BrokenPromise``, ``ChatProblem``, `ReadBackProblem`.
    package func check(_ chat: any ChatUnderTest) async throws {
        switch self {
        case .aHeadStandsBesideTheText: try await PlayedReading.aHeadStandsBesideTheText(chat)
        case .onlyTheBotsOwnUneditedPostsCount: try await PlayedReading.onlyTheBotsOwnUneditedPostsCount(chat)
        case .whatIsInTheWayIsUnderstood: try await PlayedReading.whatIsInTheWayIsUnderstood(chat)
        }
    }
}

private enum PlayedReading {
    private static func told(_ seq: Int) -> ToldHead {
        ToldHead(
            store: String(repeating: "5", count: 32),
            head: HistoryHead(seq: seq, hash: String(repeating: "\(seq % 10)", count: 64))
        )
    }

    private static func connect(_ chat: any ChatUnderTest, _ steps: [PlayedTransport.Step]) -> (
        connection: ChatConnection, transport: PlayedTransport
    ) {
        let transport = PlayedTransport(steps)
        return (chat.settings.connect(transport, SetClock(ChatConformance.now)), transport)
    }

    static func aHeadStandsBesideTheText(_ chat: any ChatUnderTest) async throws {
        let (connection, transport) = connect(chat, [chat.reply(.taken), chat.reply(.taken)])
        guard connection.headReader != nil else { return }
        var message = Message("#17 done")
        message.head = told(41)
        _ = try await connection.poster.post(message, to: PostAddress(channel: chat.channel))
        _ = try await connection.poster.post(Message("#18 done"), to: PostAddress(channel: chat.channel))
        let requests = transport.requests
        try ChatConformance.expect(requests.map(chat.head(carriedBy:)) == [told(41), nil], "the head is not there")
        let texts = requests.compactMap(chat.shown).flatMap(\.texts)
        try ChatConformance.expect(!texts.contains { $0.contains(told(41).head.hash) }, "it stands in a text: \(texts)")
    }

    static func onlyTheBotsOwnUneditedPostsCount(_ chat: any ChatUnderTest) async throws {
        let others = PlayedPost.Author.allCases.enumerated().map { PlayedPost($1, told($0 + 1)) }
        let posts = others + [PlayedPost(.bot, told(9))]
        let (connection, _) = connect(chat, chat.reading(posts))
        guard let reader = connection.headReader else { return }
        let readBack = try await reader.heads(in: chat.channel, after: nil, since: Timestamp(seconds: 0))
        let own = posts.filter { $0.author == .bot }.map(\.told)
        try ChatConformance.expect(readBack.heads == own, "\(readBack.heads.map(\.head.seq))")
        try ChatConformance.expect(readBack.place != nil, "no place to go on from")
    }

    static func whatIsInTheWayIsUnderstood(_ chat: any ChatUnderTest) async throws {
        for (obstacle, isUnderstood) in [
            (ReadingObstacle.notAllowed, { if case .notAllowed = $0 { true } else { false } }),
            (.tooFast, { $0 == .rateLimited(.seconds(30)) }),
            (.badCredentials, { if case .unusable = $0 { true } else { false } }),
            (.serverError, { if case .noAnswer = $0 { true } else { false } }),
            (.nonsense, { if case .unusable = $0 { true } else { false } }),
        ] as [(ReadingObstacle, (ReadBackProblem) -> Bool)] {
            let (connection, _) = connect(chat, chat.reading(with: obstacle))
            guard let reader = connection.headReader else { return }
            do throws(ReadBackProblem) {
                _ = try await reader.heads(in: chat.channel, after: "1.2", since: Timestamp(seconds: 0))
            } catch {
                for secret in chat.secrets {
                    try ChatConformance.expect(!error.sentence.contains(secret), error.sentence)
                }
                guard isUnderstood(error) else {
                    throw BrokenPromise(description: "\(obstacle) is taken for \(error)")
                }
                continue
            }
            throw BrokenPromise(description: "\(obstacle) is no problem")
        }
    }
}
