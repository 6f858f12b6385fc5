/// A YAML value with its place. Scalars are text, whatever they look like: `no`, `22:00` and `010` stay what was typed.
package struct YAMLNode {
    package enum Content {
        /// Something that is not understood here, and has been logged: nobody logs it again.
        case refused
        /// Nothing stands there (`key:` and a line end).
        case nothing
        case scalar(String)
        case list([YAMLNode])
        case table([Entry])
    }

    /// One key of a table with its value.
    package struct Entry {
        package let key: String
        package let place: Place
        package let value: YAMLNode
    }

    package let place: Place
    package let content: Content

    /// As messages call this kind of value.
    package var kind: String {
        switch content {
        case .refused, .nothing: "nothing"
        case .scalar: "a single value"
        case .list: "a list"
        case .table: "keys with values"
        }
    }
}
