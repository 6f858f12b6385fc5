/// What the work of a task is about. Every line of the log that comes of the work says so, however far down it is written.
package struct LogSubject: Hashable, Sendable {
    /// Of the task that asks. What it begins inherits it, except what only waits in a queue.
    @TaskLocal package static var current = LogSubject()

    package let change: Int?
    /// The cluster's id.
    package let cluster: Int?
    /// The id of the webhook that it came of.
    package let request: String?

    package init(change: Int? = nil, cluster: Int? = nil, request: String? = nil) {
        self.change = change
        self.cluster = cluster
        self.request = request
    }

    package init(_ change: Change) {
        self.init(change: change.id, cluster: change.cluster.id, request: change.request)
    }
}
