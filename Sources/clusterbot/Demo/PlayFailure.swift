/// A step of a script that did not come out as it should.
struct PlayFailure: Error, CustomStringConvertible {
    let line: Int
    let text: String

    init(line: Int, description: String) {
        self.line = line
        text = description
    }

    var description: String { "The script failed at line \(line): \(text)" }
}
