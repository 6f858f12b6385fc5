import BotCore
import Testing

@testable import BotEngine

/// Calls that come within a minute of each other in one channel.
@Suite("The last line of a channel")
struct LastLinesTests {
    private static let leads = RichText([.group(UserGroup(platform: "slack", workspace: "T1", id: "S1"), name: "leads")]
    )

    private static func line(_ people: Person..., about change: Int, groups: [RichText] = []) -> Message {
        let called = groups + people.map { RichText([.mention($0.account, name: $0.rawValue)]) }
        return Message("\(RichText(listing: called, last: "or")): #\(change)")
    }

    /// Posts lines as the outbox does, each about the change of its place from 1 and so many seconds after the first, and
    /// returns what stands in the channel.
    private func posted(_ lines: [(message: Message, change: Int, after: Int)]) -> [Message] {
        var last = LastLines()
        var posts: [Message] = []
        for (message, change, seconds) in lines {
            let now = Duration.seconds(seconds)
            if let line = last.line(for: message, about: change, in: .ops, at: now) {
                posts[posts.count - 1] = line.message.followed(by: message)
                last.join(line, posts[posts.count - 1], about: change, in: .ops)
            } else {
                posts.append(last.withoutCallingAgain(message, about: change, in: .ops, at: now))
                last.note(message, id: "\(posts.count)", about: change, in: .ops, at: now)
            }
        }
        return posts
    }

    @Test func takesWhatCallsTheSamePeople() {
        let one = Self.line(.bob, .cat, about: 1)
        let posts = posted([(one, 1, 0), (Self.line(.cat, about: 2), 2, 59)])
        #expect(posts == [one.followed(by: Self.line(.cat, about: 2))])
    }

    @Test func takesNothingAfterAMinute() {
        let posts = posted([(Self.line(.bob, about: 1), 1, 0), (Self.line(.bob, about: 2), 2, 60)])
        #expect(posts.map(\.mentions) == [[Person.bob.account], [Person.bob.account]])
    }

    @Test func leavesThoseByNameWhoWereCalled() {
        let posts = posted([(Self.line(.bob, about: 1), 1, 0), (Self.line(.bob, .cat, about: 2), 2, 30)])
        #expect(posts.map(\.mentions) == [[Person.bob.account], [Person.cat.account]])
        #expect(posts[1].wholeText == "bob or cat: #2")
        #expect(posts[1].summary.mentions == [Person.cat.account])
    }

    /// A name is no call: the minute counts from the line that called.
    @Test func countsTheMinuteFromTheCall() {
        let lines = [(Self.line(.bob, about: 1), 1, 0), (Self.line(.bob, .cat, about: 2), 2, 30)]
        let early = posted(lines + [(Self.line(.bob, about: 3), 3, 59)])
        #expect(early.count == 2 && early[1].wholeText.contains("bob: #3"))
        let late = posted(lines + [(Self.line(.bob, about: 3), 3, 60)])
        #expect(late.count == 3 && late[2].mentions == [Person.bob.account])
    }

    /// Also where another line stands between them.
    @Test func callsAgainForFurtherNewsOfTheSameChange() {
        let posts = posted([
            (Self.line(.bob, about: 1), 1, 0), (Self.line(.bob, .cat, about: 2), 2, 10),
            (Self.line(.bob, about: 1), 1, 20),
        ])
        #expect(posts.count == 3 && posts[2].mentions == [Person.bob.account])
    }

    /// A group as a whole is called by no line that calls some of its people.
    @Test func callsAGroupThatWasNotCalled() {
        let whole = Self.line(.bob, about: 2, groups: [Self.leads])
        let posts = posted([(Self.line(.bob, about: 1), 1, 0), (whole, 2, 10)])
        #expect(posts.count == 2 && posts[1].calls == Set(Self.leads.spans))
        #expect(posted([(whole, 1, 0), (whole, 2, 10)]).count == 1)
    }
}
