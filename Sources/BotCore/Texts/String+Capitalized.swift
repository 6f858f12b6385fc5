extension String {
    /// The text with a capital at its start, for the start of a sentence.
    package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
