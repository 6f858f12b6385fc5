import BotCore

/// The statements of the table `post`, which holds the wanted state of messages. Each row has a number, so that of
/// several that are equally due the oldest comes first.
enum PostRows {
    private static let columns =
        "change, place, key, channel, wanted, posted, message_id, tries, next_try, asker, told, shows_plan"

    /// The posts that show less than is wanted, found by the index that holds only them.
    private static let waiting = "post INDEXED BY post_waiting WHERE posted < wanted"
    /// The update that lets failed posts be tried at once.
    private static let endingBackoffs = """
        UPDATE post INDEXED BY post_waiting
        SET tries = 0, next_try = CASE WHEN next_try > ?1 THEN ?1 ELSE next_try END
        WHERE posted < wanted AND tries > 0
        """
    fileprivate static let firstWaiting = Query(
        """
        SELECT \(columns) FROM \(waiting) AND channel = ? AND (message_id IS NULL) = ? AND asker = ?
        ORDER BY next_try, change, id LIMIT 1
        """
    )
    fileprivate static let nextChannel = Query(
        "SELECT channel FROM \(waiting) AND channel > ? ORDER BY channel LIMIT 1"
    )
    fileprivate static let nextAsker = Query(
        """
        SELECT asker FROM \(waiting) AND channel = ? AND (message_id IS NULL) = ? AND asker > ? ORDER BY asker LIMIT 1
        """
    )
    fileprivate static let firstAsker = Query(
        "SELECT asker FROM \(waiting) AND channel = ? AND (message_id IS NULL) = ? ORDER BY asker LIMIT 1"
    )
    fileprivate static let endBackoffs = Query(endingBackoffs)
    fileprivate static let endBackoffsOfChannel = Query("\(endingBackoffs) AND channel = ?2")
    fileprivate static let countWaiting = Query("SELECT count(*) FROM \(waiting)")
    fileprivate static let oldestWaiting = Query(
        // A reminder may wait for the end of quiet hours.
        "SELECT min(updated_at) FROM change WHERE id IN (SELECT change FROM \(waiting) AND place <> 'reminder')"
    )
    fileprivate static let one = Query(
        "SELECT \(columns) FROM post WHERE coalesce(change, 0) = ? AND place = ? AND key = ?"
    )
    fileprivate static let ofChange = Query("SELECT \(columns) FROM post WHERE coalesce(change, 0) = ? ORDER BY id")
    fileprivate static let save = Query(
        """
        INSERT INTO post (\(columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (coalesce(change, 0), place, key) DO UPDATE SET channel = excluded.channel, wanted = excluded.wanted,
            posted = excluded.posted, message_id = excluded.message_id, tries = excluded.tries,
            next_try = excluded.next_try, told = excluded.told, shows_plan = excluded.shows_plan
        """
    )
    /// Returns the values of the columns `place` and `key`.
    static func columns(_ place: Post.Place) -> (place: String, key: String) {
        switch place {
        case .conversation: ("conversation", "")
        case .history(let seq): ("history", String(seq))
        case .notice(let seq): ("notice", String(seq))
        case .looking: ("looking", "")
        case .copy(let channel): ("copy", channel.description)
        case .reminder(let channel): ("reminder", channel.description)
        }
    }

    private static func place(_ name: String, _ key: String) -> Post.Place? {
        switch name {
        case "conversation": .conversation
        case "history": Int(key).map { .history(seq: $0) }
        case "notice": Int(key).map { .notice(seq: $0) }
        case "looking": .looking
        case "copy": Channel(key).map { .copy($0) }
        case "reminder": Channel(key).map { .reminder($0) }
        default: nil
        }
    }

    static func decode(_ row: inout StoredRow) throws -> Post {
        let (change, name, key) = (try row.optionalInt(), try row.text(), try row.text())
        let place = try row.required(place(name, key))
        let (channel, wanted, posted) = (try row.parsed(StoredIdentity.channel), try row.int(), try row.int())
        let (messageID, tries, nextTry) = (try row.optionalText(), try row.int(), try row.time())
        var post = Post(
            change: change,
            place: place,
            channel: channel,
            asker: try row.text(),
            wanted: wanted,
            nextTry: nextTry
        )
        post.posted = posted
        post.messageID = messageID
        post.tries = tries
        post.told = try row.int()
        post.showsPlan = try row.int() != 0
        return post
    }
}

extension RowReading {
    package func firstWaitingPosts() throws -> [Post] {
        var posts: [Post] = []
        // Steps from one channel to the next along the index, however many posts wait in each.
        var channel = ""
        while let next = try channelWithWaitingPosts(after: channel) {
            for isNew in [1, 0] {
                var asker = try statements.first(PostRows.firstAsker, [.text(next), .int(isNew)]) { try $0.text() }
                while let one = asker {
                    let values: [StoredValue] = [.text(next), .int(isNew), .text(one)]
                    posts += try statements.all(PostRows.firstWaiting, values, PostRows.decode)
                    asker = try statements.first(PostRows.nextAsker, values) { try $0.text() }
                }
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

    package func oldestWaitingPost() throws -> Timestamp? {
        try statements.first(PostRows.oldestWaiting, []) { try $0.optionalTime() }.flatMap(\.self)
    }

    package func post(change: Int?, place: Post.Place) throws -> Post? {
        let (place, key) = PostRows.columns(place)
        return try statements.first(PostRows.one, [.int(change ?? 0), .string(place), .string(key)], PostRows.decode)
    }
}

extension RowReading {
    package func posts(of change: Int) throws -> [Post] {
        try statements.all(PostRows.ofChange, [.int(change)], PostRows.decode)
    }
}

extension RowWriter {
    package func save(_ post: Post) throws {
        let (place, key) = PostRows.columns(post.place)
        try statements.execute(
            PostRows.save,
            [
                .int(post.change),
                .string(place),
                .string(key),
                .text(try StoredIdentity.text(post.channel)),
                .int(post.wanted),
                .int(post.posted),
                .text(post.messageID),
                .int(post.tries),
                .time(post.nextTry),
                .text(post.asker),
                .int(post.told),
                .int(post.showsPlan ? 1 : 0),
            ]
        )
    }

    package func endBackoffs(in channel: Channel?, at now: Timestamp) throws {
        guard let channel else { return _ = try statements.execute(PostRows.endBackoffs, [.time(now)]) }
        try statements.execute(
            PostRows.endBackoffsOfChannel,
            [.time(now), .text(try StoredIdentity.text(channel))]
        )
    }
}
