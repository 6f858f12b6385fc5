/// The error of a script's step that failed.
struct PlayFailure: Error, CustomStringConvertible {
    let line: Int
    let text: String

    init(line: Int, description: String) {
        self.line = line
        text = description
    }

    var description: String { "The script failed at line \(line): \(text)" }
}
