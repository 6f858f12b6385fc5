import BotCore
import ChatKit
import Testing

@Suite struct StrictJSONTests {
    @Test func anObjectIsRead() {
        #expect(StrictJSON.object(Array(#"{"a":{"b":[1,"x"]}}"#.utf8))?["a"]?["b"]?.array?.count == 2)
    }

    @Test(arguments: [
        "", "x", "[]", "7", "null", "{", #"{"a":}"#, #"{"a":1}x"#, #"{"a":1,"a":1}"#, #"{"a":"\u0000"}"#,
        #"{"a\u0000":1}"#, #"{"a":[{"b":"\u0000"}]}"#,
    ])
    func whatIsNoObjectOrHoldsANULIsNotRead(text: String) {
        #expect(StrictJSON.object(Array(text.utf8)) == nil)
    }
}
