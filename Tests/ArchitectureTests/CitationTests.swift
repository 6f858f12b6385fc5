import Testing

/// A comment sends its reader only to what is in this repository: to the handbook, not to a page beside it.
@Suite struct CitationTests {
    @Test func noCommentCitesAPageThatIsNotHere() throws {
        var findings: [String] = []
        for file in try SourceTree.sources.get() + SourceTree.tests.get() where file.target != "ArchitectureTests" {
            guard ["contract", "Contract", "CONTRACT", "DESIGN", "the design"].contains(where: file.text.contains)
            else {
                continue
            }
            for (line, text) in file.lines.enumerated() {
                guard let comment = text.firstMatch(of: /(?:^|\s)\/\/(.*)/)?.output.1,
                    comment.contains(/\b(?:[Cc]ontract|CONTRACT|DESIGN)\b|\bthe design\b/)
                else { continue }
                findings.append(file.finding(line, "cite the handbook: \(comment)"))
            }
        }
        #expect(findings == [])
    }
}
