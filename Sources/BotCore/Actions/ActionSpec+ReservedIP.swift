/// The parts that attaching and detaching an address share.
extension ActionSpec {
    /// The compared field that holds the service to which the address is attached.
    static let addressOwner = "ip_owner"

    static let knownAddress:
        @Sendable ([String: JSONValue], ClusterReading?) throws(PlanProblem) -> [String: JSONValue] = {
            arguments,
            seen throws(PlanProblem) in
            guard let listed = seen?.reservedIPs, let id = arguments["reserved_ip_id"]?.int else { return arguments }
            guard listed[id] != nil else {
                throw PlanProblem("The project has no reserved IP \(id). The dashboard lists the ids.")
            }
            return arguments
        }

    /// Names the address and the service that it is attached to, so that people see it if it is another cluster's.
    static func address(_ parameters: [String: JSONValue], _ before: [String: JSONValue]) -> String {
        let attached = before[addressOwner]?.int.map { " (now attached to service \($0))" } ?? ""
        return "reserved IP \(parameters["reserved_ip_id"]?.listed ?? "")\(attached)"
    }

    static let ownerOfAddress: @Sendable ([String: JSONValue], ClusterReading) -> [String: JSONValue] = {
        parameters,
        seen in
        let address = parameters["reserved_ip_id"]?.int.flatMap { seen.reservedIPs?[$0] }
        return known([
            addressOwner: address.map { .optional($0.owner) }, status: seen.status.map(JSONValue.string),
        ])
    }
}
