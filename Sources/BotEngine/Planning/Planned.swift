import BotCore

/// A plan together with the parameters that its call carries.
struct Planned: Sendable {
    let plan: Plan
    let parameters: [String: JSONValue]
}
