@testable import BotCore

extension ActionSpec {
    /// The effect on the sample's cluster.
    func effect(
        _ parameters: [String: JSONValue],
        _ before: [String: JSONValue],
        _ after: [String: JSONValue],
        seen: ClusterReading? = nil
    ) -> String {
        effect(
            Effect(
                cluster: Samples.prod.name,
                arguments: parameters,
                parameters: parameters,
                before: before,
                after: after,
                seen: seen
            )
        )
    }

    func asked(_ arguments: [String: JSONValue]) -> String { asked(arguments, on: Samples.prod) }
}
