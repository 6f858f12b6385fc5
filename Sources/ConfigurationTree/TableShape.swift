/// Which keys may stand in one kind of table. A key that is not here is an error.
package struct TableShape {
    /// What the table is, after "keys of": `the configuration`, `a cluster`.
    package let title: String
    package let keys: [String]
    /// Keys that will mean something one day. They are refused by name, because a rule that is ignored is a hole.
    package let later: Set<String>

    package init(_ title: String, _ keys: [String], later: Set<String> = []) {
        self.title = title
        self.keys = keys
        self.later = later
    }
}
