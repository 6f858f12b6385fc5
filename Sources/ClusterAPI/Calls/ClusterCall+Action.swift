import BotCore

extension ClusterCall {
    /// The Cluster Actions call that carries an action out. The same arguments give the same bytes, always.
    ///
    /// A field that has no value is left out; ``plannedAction`` tells such a call from a whole one.
    init(_ spec: ActionSpec, parameters: [String: JSONValue], cluster: Int, project: ClusterAPISettings.Project?) {
        var members = [#""action":\#(JSONValue.string(spec.name).canonical)"#]
        // Only what the action needs: how the server treats surplus fields is not documented.
        for field in spec.fields {
            guard let value = parameters[field.name] else { continue }
            members.append("\(JSONValue.string(field.name).canonical):\(value.canonical)")
        }
        self.init(
            method: "PUT",
            path: Self.path(ofCluster: cluster),
            query: project?.query ?? "",
            body: "{\(members.joined(separator: ","))}"
        )
    }

    /// The action and the fields that the body holds; nil if it is not the body of a known action with all its fields.
    var plannedAction: (spec: ActionSpec, parameters: [String: JSONValue])? {
        guard let members = (try? JSONValue(parsing: body))?.object,
            let spec = members["action"]?.string.flatMap(ActionCatalogue.action),
            spec.fields.allSatisfy({ members[$0.name] != nil })
        else { return nil }
        return (spec, members)
    }

    /// The path of a cluster, with the trailing slash that the API's paths have.
    static func path(ofCluster id: Int) -> String { "/distributed_jobs_v2/cluster/\(id)/" }
}

extension ClusterAPISettings.Project {
    /// The query parameters of the project in every call about a cluster, without the key. An IAM id that is not set is not
    /// sent: an empty one could mean something else.
    var query: String {
        let iam = activeIAM.map { "&active_iam=\($0)" } ?? ""
        return "project_id=\(id)&location=\(location.percentEncoded)\(iam)"
    }
}
