/// An earlier state of the store that came back.
struct PutBack {
    /// Whether something beside the store knows more: its marker, or a post in the history channel.
    let isKnown: Bool
    /// The changes of which the history channel had told by then that they were sent.
    let told: Set<Int>
}
