import BotCore

/// A mistake of the person at the terminal, in a sentence that says what to do.
struct UsageProblem: Error, CustomStringConvertible {
    let description: String

    /// What it quotes may come from anywhere, and the parser of arguments prints it as it is.
    init(_ description: String) { self.description = TerminalText.lines(description) }
}
