/// The parts that attaching and detaching an address share.
extension ActionSpec {
    /// The compared field that holds the service to which the address is attached.
    static let addressOwner = "ip_owner"

    static let knownAddress = resolvingNames(in: "reserved_ip_id", .reservedIPs)

    /// What is attached somewhere else or nowhere cannot be detached here.
    static let addressThatIsHere:
        @Sendable ([String: JSONValue], ClusterReading?) throws(PlanProblem) -> [String: JSONValue] = {
            arguments,
            seen throws(PlanProblem) in
            let parameters = try knownAddress(arguments, seen)
            guard let seen, let cluster = seen.cluster, let id = parameters["reserved_ip_id"]?.int,
                let address = seen.reservedIPs?[id], address.owner != cluster
            else { return parameters }
            let place = address.owner.map { "attached to \(owner($0))" } ?? "attached nowhere"
            throw PlanProblem(
                "\(seen.words(id, .reservedIPs)) is not on this cluster: it is \(place).",
                isAboutChoice: true
            )
        }

    /// What is attached here already cannot be attached once more.
    static let addressThatIsElsewhere:
        @Sendable ([String: JSONValue], ClusterReading?) throws(PlanProblem) -> [String: JSONValue] = {
            arguments,
            seen throws(PlanProblem) in
            let parameters = try knownAddress(arguments, seen)
            guard let seen, let cluster = seen.cluster, let id = parameters["reserved_ip_id"]?.int,
                seen.reservedIPs?[id]?.owner == cluster
            else { return parameters }
            throw PlanProblem("\(seen.words(id, .reservedIPs)) is on this cluster already.", isAboutChoice: true)
        }

    /// What an address is attached to: the API names it by a number, or not at all.
    static func owner(_ number: Int) -> String { number == 0 ? "something else" : "service \(number)" }

    /// Names the address and the service that it is attached to, so that people see it if it is another cluster's.
    static func address(_ effect: Effect) -> String {
        "IP \(effect.things("reserved_ip_id", .reservedIPs))"
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
