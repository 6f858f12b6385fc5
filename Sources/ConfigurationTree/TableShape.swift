/// The keys that may stand in one kind of table. Any other key is an error.
package struct TableShape {
    /// The name of the table in messages: `the configuration`, `a cluster`.
    package let title: String
    package let keys: [String]
    /// The keys that will have a meaning in a later version. They are refused by name, because a rule that is ignored
    /// is a hole.
    package let later: Set<String>

    package init(_ title: String, _ keys: [String], later: Set<String> = []) {
        self.title = title
        self.keys = keys
        self.later = later
    }
}
