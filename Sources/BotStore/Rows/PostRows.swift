import BotCore

/// The table `post`: the wanted state of messages.
enum PostRows {
    private static let columns = "change, place, seq, channel, wanted, posted, message_id, tries, next_try"

    /// Posts that show less than is wanted, by way of the index that holds only them.
    private static let waiting = "post INDEXED BY post_waiting WHERE posted < wanted"
    fileprivate static let firstWaiting = Query(
        """
        SELECT \(columns) FROM \(waiting) AND channel = ? AND (message_id IS NULL) = ?
        ORDER BY next_try, change, place, seq LIMIT 1
        """
    )
    fileprivate static let nextChannel = Query(
        "SELECT channel FROM \(waiting) AND channel > ? ORDER BY channel LIMIT 1"
    )
    fileprivate static let countWaiting = Query("SELECT count(*) FROM \(waiting)")
    fileprivate static let one = Query("SELECT \(columns) FROM post WHERE change = ? AND place = ? AND seq = ?")
    fileprivate static let save = Query(
        """
        INSERT INTO post (\(columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (change, place, seq) DO UPDATE SET channel = excluded.channel, wanted = excluded.wanted,
            posted = excluded.posted, message_id = excluded.message_id, tries = excluded.tries,
            next_try = excluded.next_try
        """
    )
    fileprivate static let messageWasTried = Query(
        "UPDATE change SET message_tried = 1 WHERE id = ? AND message_tried = 0"
    )

    /// The columns `place` and `seq`.
    static func key(_ place: Post.Place) -> (place: String, seq: Int) {
        switch place {
        case .conversation: ("conversation", 0)
        case .history(let seq): ("history", seq)
        case .notice(let seq): ("notice", seq)
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
    package func firstWaitingPosts() throws -> [Post] {
        var posts: [Post] = []
        // From one channel to the next along the index, however many posts wait in each.
        var channel = ""
        while let next = try channelWithWaitingPosts(after: channel) {
            for isNew in [1, 0] {
                let first = try statements.first(
                    PostRows.firstWaiting,
                    [.text(next), .int(isNew)],
                    PostRows.decode
                )
                if let first { posts.append(first) }
            }
            channel = next
        }
        return posts
    }

    private func channelWithWaitingPosts(after channel: String) throws -> String? {
        try statements.first(PostRows.nextChannel, [.text(channel)]) { try $0.text() }
    }

    package func waitingPosts() throws -> Int {
        try statements.first(PostRows.countWaiting, []) { try $0.int() } ?? 0
    }

    package func post(change: Int, place: Post.Place) throws -> Post? {
        let (place, seq) = PostRows.key(place)
        return try statements.first(PostRows.one, [.int(change), .string(place), .int(seq)], PostRows.decode)
    }
}

extension SQLiteWriter {
    package func save(_ post: Post) throws {
        let (place, seq) = PostRows.key(post.place)
        try statements.execute(
            PostRows.save,
            [
                .int(post.change),
                .string(place),
                .int(seq),
                .text(try StoredIdentity.text(post.channel)),
                .int(post.wanted),
                .int(post.posted),
                .text(post.messageID),
                .int(post.tries),
                .time(post.nextTry),
            ]
        )
        if post.place == .conversation, post.posted > 0 || post.tries > 0 {
            try statements.execute(PostRows.messageWasTried, [.int(post.change)])
        }
    }
}
