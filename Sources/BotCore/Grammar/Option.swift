/// An option of a command, in any spelling that phones turn it into: `--plan`, `—Plan`, `–plan`, `−−plan`, `- -plan`.
enum Option: Hashable {
    case plan
    case reason
    /// `--for`, which says how long a lock or a freeze lasts.
    case span
    /// An option of a later version. It is never free text, and is refused by its name.
    case later(String)
    case unknown

    /// Creates the option that a word of the command is; nil if it is none.
    init?(_ word: String) {
        let scalars = word.unicodeScalars
        let dashes = scalars.prefix { Dash.isOne($0) || $0 == " " }
        let name = String(scalars[dashes.endIndex...])
        guard let first = dashes.first, Dash.isOne(first) else { return nil }
        guard name.unicodeScalars.first?.properties.isAlphabetic == true || dashes.count > 1 else { return nil }
        let plain = Dash.plain(name).lowercased()
        self = Self.named(plain) ?? Self.ofLaterVersion(plain.prefix { $0 != "=" }) ?? .unknown
    }

    /// Creates the option that a word inside free text would be outside of it, also with other signs around it:
    /// `(—plan)`. Only known names count: other words with dashes in front are text.
    init?(inText word: String) {
        let bare = String(String.UnicodeScalarView(word.unicodeScalars.drop { "`*_~([{<".unicodeScalars.contains($0) }))
        guard let first = bare.unicodeScalars.first, Dash.isOne(first) else { return nil }
        let name = bare.unicodeScalars.drop { Dash.isOne($0) || $0 == " " }.prefix {
            $0.properties.isAlphabetic || Dash.isOne($0)
        }
        let plain = Dash.plain(String(String.UnicodeScalarView(name))).lowercased()
        guard let end = plain.lastIndex(where: { $0 != "-" }), let option = Self.named(String(plain[...end])) else {
            return nil
        }
        self = option
    }

    static func named(_ name: String) -> Option? {
        switch name {
        case "plan", "dry-run": .plan
        case "reason": .reason
        case "for": .span
        default: ofLaterVersion(name)
        }
    }

    private static func ofLaterVersion(_ name: some StringProtocol) -> Option? {
        ["emergency", "at", "in"].contains(String(name)) ? .later(String(name)) : nil
    }
}
