import GRDB

/// The store knows the state machine, too: an arrow that does not exist cannot be stored, whatever a later mistake asks for.
enum Migration0004 {
    static let name = "0004 the moves there are"

    static func run(_ db: Database) throws {
        let arrows = moves.map { "(OLD.state = '\($0.from)' AND \(Schema.holds("NEW.state", $0.to)))" }
        try db.execute(
            sql: """
                CREATE TRIGGER change_moves_as_it_may BEFORE UPDATE OF state ON change
                WHEN OLD.state <> NEW.state AND NOT (\(arrows.joined(separator: " OR ")))
                BEGIN SELECT RAISE(ABORT, 'a change cannot move like that'); END;
                """
        )
    }

    private static let moves: [(from: String, to: [String])] = [
        ("preparing", ["pending", "ready", "failed", "refused", "cancelled", "expired"]),
        ("pending", ["ready", "refused", "denied", "cancelled", "expired", "superseded"]),
        (
            "ready",
            ["preparing", "sending", "failed", "refused", "denied", "cancelled", "expired", "superseded"]
        ),
        ("sending", ["succeeded", "failed", "unknown"]),
        ("unknown", ["succeeded", "failed"]),
    ]
}
