/// The result of a command, for a program that acts on it. People read the sentence beside it.
package enum CommandResult: Hashable, Sendable {
    /// A question was answered, or a decision carried out.
    case done
    /// Nothing was done; the sentence says why.
    case notDone
    /// The command is the change with this number, from now on or since an earlier command.
    case change(Int)
    /// The command is the change with this number, which was refused at once.
    case refused(Int)
    /// The answer needs a read, and follows in private.
    case follows
}
