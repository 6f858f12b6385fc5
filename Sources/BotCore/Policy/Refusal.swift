/// The reason why a request is not allowed. The texts are for people.
package struct Refusal: Hashable, Sendable {
    package let reason: String
    /// The rule that forbids it; nil if only no rule allows it.
    package let rule: String?
    /// The nearest thing that would be allowed, with a line to type where there is one; nil where there is none.
    package let nearest: String?
    /// The same line as an offer; nil where there is none.
    package var instead: OfferedLine?
    /// What would be right: the nearest thing, or what to change in the configuration; nil where nothing is known.
    package let fix: String?
    /// Whom the configuration names for questions; nil: nobody.
    package let contact: String?
    /// People who may do what is refused here, by name; a few of them. Empty where nobody was looked for.
    package var people: [String] = []

    package init(
        reason: String,
        rule: String? = nil,
        nearest: String? = nil,
        fix: String? = nil,
        contact: String? = nil
    ) {
        self.reason = reason
        self.rule = rule
        self.nearest = nearest
        self.fix = nearest ?? fix
        self.contact = contact
    }

    /// All of it for whoever asked: why not, and in a second sentence what would be allowed, and whom to ask.
    package var sentence: String {
        switch (nearest, help) {
        case (nil, nil): reason
        case (nil, let help?): "\(reason) Ask \(help)."
        case (let nearest?, nil): "\(reason) \(nearest)"
        case (let nearest?, let help?):
            "\(reason) \(nearest.hasSuffix(".") ? String(nearest.dropLast()) : nearest); else ask \(help)."
        }
    }

    /// Those who can help, behind "ask": `bob or dora, who may, or #platform-help`.
    private var help: String? {
        guard let last = people.last else { return contact.map { "\($0) if that is wrong" } }
        let others = people.dropLast().joined(separator: ", ")
        return "\(others.isEmpty ? last : "\(others) or \(last)"), who may\(contact.map { ", or \($0)" } ?? "")"
    }
}
