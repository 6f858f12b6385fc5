import BotCore

/// A plan and the body's fields that it carries.
struct Planned: Sendable {
    let plan: Plan
    let parameters: [String: JSONValue]
}
