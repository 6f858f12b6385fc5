extension ActionSpec {
    /// A field of the request body that the action needs.
    package struct Field: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            /// A number from 1 to 2147483647.
            case number
            /// One or more such numbers, none twice.
            case numbers
            /// One of the configured types of IP address.
            case ipType
            /// One word.
            case text
        }

        package let name: String
        package let kind: Kind

        package init(name: String, kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }
}

extension ActionSpec.Field {
    /// Reads the field's value, as it stands behind `name=` in the API's own spelling.
    func read(_ words: inout Words) throws(WrongInput) -> JSONValue {
        switch kind {
        case .number: .int(try words.number("`\(name)`"))
        case .numbers: .ints(try words.numbers("`\(name)`"))
        case .ipType: .string(try words.ipType())
        case .text: .string(try words.text("`\(name)`"))
        }
    }

    /// Returns the field in that spelling, as examples show it.
    /// - Parameter ipTypes: the configured types of IP address.
    func example(ipTypes: [String]) -> String {
        switch kind {
        case .number: "\(name)=4"
        case .numbers: "\(name)=11,12"
        case .ipType: "\(name)=\(ipTypes.first ?? "reserved")"
        case .text: "\(name)=word"
        }
    }
}
