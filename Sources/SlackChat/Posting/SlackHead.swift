import BotCore

/// How a post in Slack carries the end of the history: as its metadata, which people cannot write.
enum SlackHead {
    private static let event = "clusterbot_head"

    static func metadata(_ told: ToldHead) -> JSONValue {
        var payload: [String: JSONValue] = [
            "store": .string(told.store), "seq": .int(told.head.seq), "hash": .string(told.head.hash),
        ]
        if told.isHeld { payload["held"] = .bool(true) }
        return .object(["event_type": .string(event), "event_payload": .object(payload)])
    }

    /// Reads the metadata of a post; nil for other metadata.
    static func told(_ metadata: JSONValue?) -> ToldHead? {
        guard let metadata, metadata["event_type"]?.string == event, let payload = metadata["event_payload"],
            let store = payload["store"]?.string, isHex(store, 32), let seq = payload["seq"]?.int, seq >= 0,
            let hash = payload["hash"]?.string, isHex(hash, 64)
        else { return nil }
        return ToldHead(
            store: store,
            head: HistoryHead(seq: seq, hash: hash),
            isHeld: payload["held"]?.bool == true
        )
    }

    private static func isHex(_ text: String, _ digits: Int) -> Bool {
        text.utf8.count == digits && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
