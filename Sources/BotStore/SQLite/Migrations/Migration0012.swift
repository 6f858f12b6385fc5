/// Stores who was in the user groups that a change asks when each was asked.
enum Migration0012: Migration {
    static let name = "0012 members of asked user groups"
    static let sql = """
        ALTER TABLE change ADD COLUMN asked_members TEXT NOT NULL DEFAULT '{}';
        """
}
