extension Duration {
    /// How long a test waits for what must happen. It ends only what hangs: a machine with other things to do may take many
    /// times as long as an idle one.
    package static let patience = Duration.seconds(180)
}
