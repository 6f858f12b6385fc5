/// Adds the state machine to the store: a move that does not exist cannot be stored, whatever a later mistake asks for.
enum Migration0004: Migration {
    static let name = "0004 the moves there are"
    static let sql = """
        CREATE TRIGGER change_moves_as_it_may BEFORE UPDATE OF state ON change
        WHEN OLD.state <> NEW.state AND NOT ((OLD.state = 'preparing' AND (NEW.state = 'pending' OR NEW.state = \
        'ready' OR NEW.state = 'failed' OR NEW.state = 'refused' OR NEW.state = 'cancelled' OR NEW.state = \
        'expired')) OR (OLD.state = 'pending' AND (NEW.state = 'ready' OR NEW.state = 'refused' OR NEW.state = \
        'denied' OR NEW.state = 'cancelled' OR NEW.state = 'expired' OR NEW.state = 'superseded')) OR (OLD.state \
        = 'ready' AND (NEW.state = 'preparing' OR NEW.state = 'sending' OR NEW.state = 'failed' OR NEW.state = \
        'refused' OR NEW.state = 'denied' OR NEW.state = 'cancelled' OR NEW.state = 'expired' OR NEW.state = \
        'superseded')) OR (OLD.state = 'sending' AND (NEW.state = 'succeeded' OR NEW.state = 'failed' OR \
        NEW.state = 'unknown')) OR (OLD.state = 'unknown' AND (NEW.state = 'succeeded' OR NEW.state = 'failed')))
        BEGIN SELECT RAISE(ABORT, 'a change cannot move like that'); END;
        """
}
