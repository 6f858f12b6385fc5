/// The words of commands, now or later. They name no cluster, person or group.
package enum ReservedWords {
    /// The words that are refused as names since the first version.
    package static let first: Set<String> = [
        "help", "list", "pending", "approve", "deny", "cancel", "confirm", "resolve", "show", "status", "history",
        "why", "who", "can", "whoami", "version", "again", "undo", "lock", "unlock", "freeze", "unfreeze", "emergency",
        "review", "may", "me", "all", "to", "at", "in", "because", "open",
    ]

    /// The words that were reserved later. A cluster whose name is one already gets a warning until the next version; its id
    /// works.
    package static let later: Set<String> = actions.union([
        "ok", "locks", "freezes", "away", "back", "plan", "succeeded", "failed", "concern", "with",
        "by", "changes", "everyone", "everything", "for", "from", "instead", "nodes", "of", "on", "since", "today",
        "tomorrow", "until", "without", "yesterday",
    ])

    /// The words of the actions, in the chat's spelling and in the API's, and those that stand among their arguments.
    private static let actions = Set(
        ActionCatalogue.all.flatMap { $0.words + [$0.name] } + ["add", "and", "node", "remove", "set"]
    )

    package static let all = first.union(later)
}
