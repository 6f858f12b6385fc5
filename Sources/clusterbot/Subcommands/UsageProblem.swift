import BotCore

/// A mistake of the person at the terminal, in a sentence that says what to do.
struct UsageProblem: Error, CustomStringConvertible {
    let description: String

    /// Takes a sentence and escapes it: what it quotes may come from anywhere, and the argument parser prints it as it
    /// is.
    init(_ description: String) { self.description = TerminalText.lines(description) }
}
