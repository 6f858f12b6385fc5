import BotCore

/// JSON objects in columns.
enum StoredJSON {
    /// - Throws: ``StoreError/Code/corrupt`` if the text is none.
    static func object(_ text: String) throws -> [String: JSONValue] {
        if text == "{}" { return [:] }
        guard let members = (try? JSONValue(parsing: text))?.object else {
            throw StoreError(
                .corrupt,
                "The store holds a text that is no JSON object. Keep the file, and restore a backup."
            )
        }
        return members
    }
}
