/// A message without a platform: what to say, not how it looks there.
package struct Message: Hashable, Sendable {
    package enum Block: Hashable, Sendable {
        /// A short title.
        case heading(String)
        case text(RichText)
        /// Pairs of a name and a value, shown side by side where there is room.
        case facts([Fact])
        /// Words that a person wrote, shown as a quotation.
        case quote(String)
        case buttons([Button])
        /// Lines that are offered. They become buttons once they are stored; where there are none, the text beside them has
        /// the lines to type.
        case offers([OfferedLine])
        /// Small print at the end.
        case note(RichText)
    }

    package struct Fact: Hashable, Sendable {
        package let name: String
        package let value: RichText

        package init(_ name: String, _ value: RichText) {
            self.name = name
            self.value = value
        }
    }

    package struct Button: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable {
            case approve, deny, cancel, confirm
            /// Asks for the line with which somebody who denied says why.
            case sayWhy = "say_why"
            /// Asks for the line with which somebody settles an unknown outcome.
            case resolveSucceeded = "resolve_succeeded"
            case resolveFailed = "resolve_failed"
            /// Ends a lock. Its value is a ``LockButtonValue``.
            case unlock
            /// Gives a stored command: its value is the handle of an ``Offer``.
            case offer
            /// The same, for the next page of a list.
            case page
        }

        package let kind: Kind
        package let label: String
        /// The value that the button carries back: it names the change and its plan and decides nothing by itself.
        package let value: String

        package init(_ kind: Kind, label: String, value: String) {
            self.kind = kind
            self.label = label
            self.value = value
        }
    }

    /// The whole message in one line, for notifications and screen readers. Ends like the message itself.
    package var summary: RichText
    package var blocks: [Block]
    /// Whether several lines were put together in it. Then its summary says all of them.
    package var isJoined = false
    /// Names what the message shows: a change and its revision, or an entry of the history. A message that is posted a second
    /// time, because nobody heard of the first, has the same. Nil where it does not matter.
    package var identity: Identity?
    /// The end of the history, which every post in the history channel carries beside its text; nil elsewhere.
    package var head: ToldHead?

    package struct Identity: Hashable, Sendable, CustomStringConvertible {
        package enum Part: Hashable, Sendable {
            case revision(Int)
            case entry(seq: Int)
            /// The line before its card.
            case looking
            case reminder
        }

        /// Nil where the entry is about no change.
        package let change: Int?
        package let part: Part

        package init(change: Int?, _ part: Part) {
            self.change = change
            self.part = part
        }

        /// `change-17-revision-3`, `change-17-entry-41` or `entry-41`.
        package var description: String {
            let subject = change.map { "change-\($0)-" } ?? ""
            return switch part {
            case .revision(let number): "\(subject)revision-\(number)"
            case .entry(let seq): "\(subject)entry-\(seq)"
            case .looking: "\(subject)looking"
            case .reminder: "\(subject)reminder"
            }
        }
    }

    package init(summary: RichText, blocks: [Block] = []) {
        self.summary = summary
        self.blocks = blocks
    }

    /// A message of one text.
    package init(_ text: RichText) { self.init(summary: text, blocks: [.text(text)]) }
}
