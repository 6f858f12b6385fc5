extension Metric {
    private static let action = Label("action", ActionCatalogue.all.map(\.name))
    private static let platform = Label("platform")

    /// The states of ``pendingChanges``. What is unknown has a figure of its own.
    package static let underWay: [ChangeState] = [.preparing, .pending, .ready, .sending]

    // MARK: Webhooks

    package static let webhooks = Metric(
        .counter,
        "clusterbot_webhooks_total",
        by: [platform, Label("outcome")],
        "Webhooks by what they were or why they had no effect."
    )
    package static let acknowledgement = Metric(
        .histogram,
        "clusterbot_ack_seconds",
        "Time from the head of a webhook to its answer, for what the engine took."
    )
    package static let httpRequests = Metric(
        .counter,
        "clusterbot_http_requests_total",
        by: [Label("route"), Label("status")],
        "HTTP requests that were answered."
    )
    package static let connections = Metric(
        .gauge,
        "clusterbot_connections",
        "Connections that are open to the HTTP servers now."
    )
    package static let connectionsRefused = Metric(
        .counter,
        "clusterbot_connections_refused_total",
        "Connections that were closed because the bound of connections was met."
    )
    package static let clockSkew = Metric(
        .gauge,
        "clusterbot_clock_skew_seconds",
        "How far this host's clock is ahead of the last peer that told the time; negative: behind."
    )

    // MARK: Changes

    package static let changes = Metric(
        .counter,
        "clusterbot_changes_total",
        by: [action, Label("state", ChangeState.allCases.map(\.rawValue))],
        "Changes that came into a state."
    )
    package static let changeSeconds = Metric(
        .histogram,
        "clusterbot_change_seconds",
        "Time from a command to the result of its call."
    )
    package static let changesUnknown = Metric(
        .gauge,
        "clusterbot_changes_unknown",
        "Changes whose outcome nobody knows yet; their clusters are closed."
    )
    package static let pendingChanges = Metric(
        .gauge,
        "clusterbot_pending_changes",
        by: [Label("state", underWay.map(\.rawValue))],
        "Changes that are under way, by the state they are in."
    )
    package static let oldestPending = Metric(
        .gauge,
        "clusterbot_oldest_pending_seconds",
        "Age of the oldest change that is under way; 0 if there is none."
    )
    package static let locks = Metric(.gauge, "clusterbot_locks", "Clusters that somebody holds a lock of.")
    package static let freezes = Metric(.gauge, "clusterbot_freezes", "Freezes that are in force now.")

    // MARK: The cluster API

    package static let apiCalls = Metric(
        .counter,
        "clusterbot_api_calls_total",
        by: [action, Label("outcome", ["accepted", "not_sent", "refused", "unknown"])],
        "Action calls to the cluster API by what they showed."
    )
    package static let apiSeconds = Metric(
        .histogram,
        "clusterbot_api_seconds",
        by: [Label("call", ActionCatalogue.all.map(\.name) + APIRead.allCases.map(\.rawValue))],
        "Time of each request to the cluster API, whatever came of it."
    )
    package static let credentialSecondsLeft = Metric(
        .gauge,
        "clusterbot_credential_seconds_left",
        by: [Label("project")],
        "Time until the API credentials of a project end, where the configuration says when; negative: they have ended."
    )

    // MARK: Chat

    package static let outboxPending = Metric(
        .gauge,
        "clusterbot_outbox_pending",
        "Messages that show less than they should."
    )
    package static let outboxOldest = Metric(
        .gauge,
        "clusterbot_outbox_oldest_seconds",
        "How long the oldest message that shows less than it should has waited; 0 if there is none."
    )
    package static let chatSeconds = Metric(
        .histogram,
        "clusterbot_chat_seconds",
        by: [platform, Label("method")],
        "Time of each request to a chat platform, whatever came of it."
    )
    package static let chatRefused = Metric(
        .counter,
        "clusterbot_chat_refused_total",
        by: [platform, Label("reason", ChatRefusal.allCases.map(\.rawValue))],
        "Requests that a chat platform refused, by why."
    )
    package static let lookUps = Metric(
        .counter,
        "clusterbot_group_lookups_total",
        by: [platform, Label("outcome", LookUpProblem.outcomes)],
        "Look-ups of who is in a user group, by what came of them."
    )

    // MARK: The service

    package static let buildInfo = Metric(
        .gauge,
        "clusterbot_build_info",
        by: [Label("version"), Label("commit")],
        "Always 1; the labels say which build this is."
    )
    package static let ready = Metric(.gauge, "clusterbot_ready", "1 while the service takes work, as /readyz says.")
    package static let held = Metric(
        .gauge,
        "clusterbot_held",
        "1 while nothing is sent until somebody has released the store."
    )
    package static let storeFreeBytes = Metric(
        .gauge,
        "clusterbot_store_free_bytes",
        "Room that is left on the disk of the store."
    )

    // MARK: The process, named as Prometheus' own clients name it

    package static let processCPU = Metric(
        .readCounter,
        "process_cpu_seconds_total",
        "Total user and system CPU time spent in seconds."
    )
    package static let processOpenDescriptors = Metric(.gauge, "process_open_fds", "Number of open file descriptors.")
    package static let processMaximumDescriptors = Metric(
        .gauge,
        "process_max_fds",
        "Maximum number of open file descriptors."
    )
    package static let processVirtualMemory = Metric(
        .gauge,
        "process_virtual_memory_bytes",
        "Virtual memory size in bytes."
    )
    package static let processResidentMemory = Metric(
        .gauge,
        "process_resident_memory_bytes",
        "Resident memory size in bytes."
    )
    package static let processStart = Metric(
        .gauge,
        "process_start_time_seconds",
        "Start time of the process since unix epoch in seconds."
    )

    /// Every metric there is.
    package static let all = [
        webhooks, acknowledgement, httpRequests, connections, connectionsRefused, clockSkew,
        changes, changeSeconds, changesUnknown, pendingChanges, oldestPending, locks, freezes,
        apiCalls, apiSeconds, credentialSecondsLeft,
        outboxPending, outboxOldest, chatSeconds, chatRefused, lookUps,
        buildInfo, ready, held, storeFreeBytes,
        processCPU, processOpenDescriptors, processMaximumDescriptors, processVirtualMemory, processResidentMemory,
        processStart,
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The metric of a name; nil for names that a library uses.
    package static func named(_ name: String) -> Metric? { byName[name] }
}
