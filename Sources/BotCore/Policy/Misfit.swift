/// The way in which a rule that would allow a request does not fit it.
struct Misfit {
    /// What does not fit, from the farthest to the nearest.
    enum Kind: Int {
        /// The rule does not say who approves.
        case needs
        case channel
        case amount
    }

    let kind: Kind
    let rule: String
    let reason: String
    /// What would be allowed, in words; nil where ``instead`` says it.
    var nearest: String?
    /// What to change in the configuration.
    var fix: String?
    /// The body's fields with which the rule would fit.
    var instead: [String: JSONValue]?

    /// Returns the nearer of two, whatever the order of their rules.
    static func nearer(_ one: Misfit?, _ other: Misfit) -> Misfit {
        guard let one else { return other }
        if one.kind != other.kind { return one.kind.rawValue > other.kind.rawValue ? one : other }
        let sizes = (one.size, other.size)
        if sizes.0 != sizes.1 { return sizes.0 > sizes.1 ? one : other }
        return one.rule <= other.rule ? one : other
    }

    /// The amounts that would fit: of two limits the larger one is nearer to what was asked.
    private var size: Int { (instead ?? [:]).values.reduce(0) { $0 + ($1.int ?? $1.array?.count ?? 0) } }
}
