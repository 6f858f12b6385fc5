import Yams

extension ProblemLog {
    /// Logs where and why a text is not YAML. The parser's own sentences are constant and hold nothing of the text.
    func syntaxError(_ error: YamlError, in source: SourceText) {
        switch error {
        case .scanner(let context, let reason, let mark, _), .parser(let context, let reason, let mark, _):
            if let (place, name) = source.variable(onLine: mark.line) {
                return problem(place, SourceText.notReplaced(name))
            }
            if "\(context?.text ?? "") \(reason)".contains(/flow|expected ',' or/),
                let place = source.commentedWord(upTo: mark.line)
            {
                return problem(place, SourceText.comment)
            }
            let doing = context.map { " \($0.text)," } ?? ""
            problem(Place(mark), "this is not YAML:\(doing) \(reason); \(Self.advice(reason))")
        case .composer(_, let reason, let mark, _):
            guard reason.contains("another document") else {
                problem(Place(mark), "this is not YAML: \(reason); \(Self.advice(reason))")
                return
            }
            problem(Place(mark), "a second document begins here; one file holds one document, so remove this `---`")
        default:
            problem(.start, "this is not YAML; check the quotes and brackets")
        }
    }

    private static func advice(_ reason: String) -> String {
        if reason.contains("alias") || reason.contains("alphabetic or numeric character") {
            return "a value that begins with `*` or `&` needs quotes"
        }
        if reason.contains("cannot start any token") {
            return "indent with spaces, and put values that begin with a special character into quotes"
        }
        return "check indentation, quotes, colons and brackets here and just above"
    }
}

extension Place {
    fileprivate init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
