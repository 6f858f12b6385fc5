/// A command that can be typed besides the actions: `approve 17`, `42 status`, `help`.
///
/// Each command is one type in one file of the engine's folder `Commands`. It reads its own words and does what it
/// says; a catalogue there lists all commands. Its ``form`` says how it is typed and how the help shows it.
package protocol Command: Hashable, Sendable {
    static var form: CommandForm { get }

    /// Reads the line behind the command's words, to its end.
    /// - Parameter cluster: the cluster in front of the command's words; nil if there is none.
    /// - Throws: ``WrongInput`` with an example that would be right.
    static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
}
