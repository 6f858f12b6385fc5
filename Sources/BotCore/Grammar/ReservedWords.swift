/// Words that commands are made of, now or later, and that therefore name no cluster, person or group.
package enum ReservedWords {
    /// Refused since the first version.
    package static let first: Set<String> = [
        "help", "list", "pending", "approve", "deny", "cancel", "confirm", "resolve", "show", "status", "history",
        "why", "who", "can", "whoami", "version", "again", "undo", "lock", "unlock", "freeze", "unfreeze", "emergency",
        "review", "may", "me", "all", "to", "at", "in", "because", "open",
    ]

    /// Reserved since then. Where one is a name already, it is warned of until the next version; a cluster's id works.
    package static let later: Set<String> = [
        "locks", "freezes", "away", "back", "plan", "succeeded", "failed", "concern", "with",
        "by", "changes", "everyone", "everything", "for", "from", "instead", "nodes", "of", "on", "since", "today",
        "tomorrow", "until", "without", "workers", "yesterday",
    ]

    package static let all = first.union(later)
}
