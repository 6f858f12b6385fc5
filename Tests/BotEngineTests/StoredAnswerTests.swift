import BotCore
import Testing

@testable import BotEngine

@Suite("The answer that is kept for a repeated delivery", .timeLimit(.minutes(20)))
struct StoredAnswerTests {
    @Test func isCanonicalJSONAndReadBack() throws {
        let stored = StoredAnswer("#17 “x”\n– I am on it.", isPrivate: false, opened: 17).stored
        #expect(stored == ##"{"done":false,"opened":17,"private":false,"text":"#17 “x”\n– I am on it.","v":1}"##)
        #expect(try JSONValue(parsing: stored).canonical == stored)
        let read = try StoredAnswer(stored: stored)
        #expect(read.text == "#17 “x”\n– I am on it." && !read.isPrivate && read.opened == 17)
        let silent = try StoredAnswer(stored: StoredAnswer("").stored)
        #expect(silent.text == "" && silent.isPrivate && silent.opened == nil)
        #expect(try StoredAnswer(stored: StoredAnswer("Done", isDone: true).stored).reply.result == .done)
        // As earlier versions stored it.
        let early = #"{"opened":null,"private":true,"text":"x","v":1}"#
        #expect(try StoredAnswer(stored: early).reply.result == .notDone)
    }

    @Test(arguments: [
        "", "+17\n#17", #"{"opened":17,"private":false,"text":"x","v":2}"#, #"{"opened":17,"private":false,"v":1}"#,
        #"{"opened":"17","private":false,"text":"x","v":1}"#, #"{"private":false,"text":"x","v":1}"#,
        #"{"opened":null,"text":"x","v":1}"#,
    ])
    func isNotGuessed(stored: String) {
        let error = #expect(throws: StoreError.self) { try StoredAnswer(stored: stored) }
        // Of what is stored nobody may be told that it is not.
        #expect(error?.code == .outcomeUnknown)
    }
}
