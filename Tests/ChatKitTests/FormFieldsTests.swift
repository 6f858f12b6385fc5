import ChatKit
import Testing

@Suite struct FormFieldsTests {
    private static let form = "text=42+scale%204&user=U0AMY"

    private func fields(_ text: String) -> FormFields? { FormFields(Array(text.utf8)) }

    @Test func fieldsAreDecodedOnce() {
        let read = fields(Self.form + "&empty=&bare&twice=%2541")
        #expect(read?["text"] == "42 scale 4")
        #expect(read?["user"] == "U0AMY")
        #expect(read?["empty"] == "")
        #expect(read?["bare"] == "")
        #expect(read?["twice"] == "%41")
        #expect(read?["absent"] == nil)
        #expect(fields("") != nil)
    }

    @Test(arguments: [
        "&text=again", "&x=1&x=2", "&x=%", "&x=%4", "&x=%zz", "&x=%+1", "&x=%ff", "&x=%c0%80", "&x=%ed%a0%80", "&x=%00",
        "&%00=1", "&", "&&x=1", "&=1", "&%74ext=again",
    ])
    func bodiesThatCanBeReadInTwoWaysAreNotRead(ending: String) {
        #expect(fields(Self.form) != nil)
        #expect(fields(Self.form + ending) == nil)
    }

    /// Many fields are looked through in another way than few.
    @Test(arguments: [1, 20, 30, 31, 32, 33, 500])
    func aNameThatIsThereTwiceIsNotReadAmongHoweverMany(count: Int) {
        let many = Self.form + (0..<count).map { "&n\($0)=\($0)" }.joined()
        #expect(fields(many)?["n\(count - 1)"] == "\(count - 1)")
        for again in ["&n0=x", "&n\(count - 1)=x", "&text=x"] { #expect(fields(many + again) == nil, "\(again)") }
    }

    @Test(arguments: [[0x00], [0xff], [0x26, 0x78, 0x3d, 0xc3], [0x26, 0x78, 0x3d, 0xed, 0xa0, 0x80]] as [[UInt8]])
    func bytesThatAreNoTextAreNotRead(ending: [UInt8]) {
        #expect(FormFields(Array(Self.form.utf8) + ending) == nil)
    }
}
