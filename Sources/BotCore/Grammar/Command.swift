/// Something that can be typed beside the actions: `approve 17`, `42 status`, `help`.
///
/// Each command is one type in one file of the engine's folder `Commands`, which reads its own words and does what it says;
/// a catalogue there lists them. What each is called and how the help shows it stands in its ``form``.
package protocol Command: Hashable, Sendable {
    static var form: CommandForm { get }

    /// Reads what stands behind the command's words, to the end of the line.
    /// - Parameter cluster: the cluster that stands in front; nil where none does.
    /// - Throws: ``WrongInput`` with an example that would be right.
    static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
}
