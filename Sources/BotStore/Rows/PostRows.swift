import BotCore

/// The table `post`: the wanted state of messages.
enum PostRows {
    static let select = "SELECT change, place, seq, channel, wanted, posted, message_id, tries, next_try FROM post"

    /// Word for word the condition of the index `post_due`, or SQLite would not use it.
    static let isDue = "posted < wanted"

    /// The columns `place` and `seq`.
    static func columns(_ place: Post.Place) -> [StoredValue] {
        switch place {
        case .conversation: [.text("conversation"), .int(0)]
        case .history(let seq): [.text("history"), .int(seq)]
        case .notice(let seq): [.text("notice"), .int(seq)]
        }
    }

    private static func place(_ name: String, _ seq: Int) -> Post.Place? {
        switch name {
        case "conversation": .conversation
        case "history": .history(seq: seq)
        case "notice": .notice(seq: seq)
        default: nil
        }
    }

    static func decode(_ row: inout StoredRow) throws -> Post {
        let (change, name, seq) = (try row.int(), try row.text(), try row.int())
        let place = try row.required(place(name, seq))
        let (channel, wanted, posted) = (try row.parsed(StoredIdentity.channel), try row.int(), try row.int())
        let (messageID, tries, nextTry) = (try row.optionalText(), try row.int(), try row.time())
        var post = Post(
            change: change,
            place: place,
            channel: channel,
            wanted: wanted,
            nextTry: nextTry
        )
        post.posted = posted
        post.messageID = messageID
        post.tries = tries
        return post
    }
}

extension SQLiteReading {
    package func duePosts(at now: Timestamp) throws -> [Post] {
        try statements.all(
            "\(PostRows.select) WHERE \(PostRows.isDue) AND next_try <= ? ORDER BY next_try, change, place, seq",
            [.time(now)],
            PostRows.decode
        )
    }

    package func nextPostDue() throws -> Timestamp? {
        try statements.first("SELECT min(next_try) FROM post WHERE \(PostRows.isDue)", []) { try $0.optionalTime() }
            ?? nil
    }

    package func waitingPosts() throws -> Int {
        try statements.first("SELECT count(*) FROM post WHERE \(PostRows.isDue)", []) { try $0.int() } ?? 0
    }

    package func post(change: Int, place: Post.Place) throws -> Post? {
        try statements.first(
            "\(PostRows.select) WHERE change = ? AND place = ? AND seq = ?",
            [.int(change)] + PostRows.columns(place),
            PostRows.decode
        )
    }
}

extension SQLiteWriter {
    package func save(_ post: Post) throws {
        try statements.execute(
            """
            INSERT INTO post (change, place, seq, channel, wanted, posted, message_id, tries, next_try)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (change, place, seq) DO UPDATE SET channel = excluded.channel, wanted = excluded.wanted,
                posted = excluded.posted, message_id = excluded.message_id, tries = excluded.tries,
                next_try = excluded.next_try
            """,
            [.int(post.change)] + PostRows.columns(post.place) + [
                .text(try StoredIdentity.text(post.channel)),
                .int(post.wanted),
                .int(post.posted),
                .text(post.messageID),
                .int(post.tries),
                .time(post.nextTry),
            ]
        )
    }
}
