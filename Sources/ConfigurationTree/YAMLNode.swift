/// A YAML value with its place. Scalars are texts as they were typed, also `no`, `22:00` and `010`.
package struct YAMLNode {
    package enum Content {
        /// Something that is not understood here. It was logged, and is not logged again.
        case refused
        /// Nothing: `key:` and a line end.
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

    /// The name of this kind of value in messages.
    package var kind: String {
        switch content {
        case .refused, .nothing: "nothing"
        case .scalar: "a single value"
        case .list: "a list"
        case .table: "keys with values"
        }
    }
}
