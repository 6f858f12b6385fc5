import BotCore
import ChatKit

/// Prints the results of `doctor`: a line for each check, for people or as JSON.
final class DoctorReport {
    enum Verdict: String {
        case ok
        /// It works for now, and somebody should do something before it stops.
        case warn
        case fail

        /// The first word of a line.
        var word: String {
            switch self {
            case .ok: "ok  "
            case .warn: "warn"
            case .fail: "FAIL"
            }
        }
    }

    private let asJSON: Bool
    private var lines: [JSONValue] = []
    private(set) var hasFailure = false

    init(asJSON: Bool) { self.asJSON = asJSON }

    func line(_ verdict: Verdict, _ what: String, _ text: String) {
        if verdict == .fail { hasFailure = true }
        if asJSON {
            lines.append(
                .object(["check": .string(what), "verdict": .string(verdict.rawValue), "text": .string(text)])
            )
        } else {
            print(TerminalText.line("\(verdict.word) \(what): \(text)"))
        }
    }

    /// Prints the result of a check at a chat platform.
    func line(_ finding: ChatFinding) {
        let verdict: Verdict =
            switch finding.verdict {
            case .works: .ok
            case .warning: .warn
            case .fails: .fail
            }
        line(verdict, finding.subject, finding.text)
    }

    /// Prints the JSON, which is kept for the end.
    func end() { if asJSON { print(TerminalText.json(JSONValue.array(lines).canonical)) } }
}
