/// A call of the cluster API as it is planned: everything but the credentials.
package struct ClusterCall: Hashable, Sendable {
    package let method: String
    /// The path relative to the API's base URL, with the trailing slash: `/distributed_jobs_v2/cluster/42/`.
    package let path: String
    /// The query without the key: `project_id=1187&location=Delhi`.
    package let query: String
    /// The JSON body, byte for byte as it will be sent.
    package let body: String

    package init(method: String, path: String, query: String, body: String) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }
}
