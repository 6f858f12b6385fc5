import Testing

/// Expects that nothing was found but in files that are known for it, and that each of those still has its finding.
/// - Parameter findings: by the file's path.
func expectOnlyKnown(_ findings: [String: String], _ known: Set<String>) {
    #expect(findings.filter { !known.contains($0.key) }.values.sorted() == [])
    let mended = known.subtracting(findings.keys).sorted()
    #expect(mended == [], "nothing is wrong with them any more: take them out of the list")
}
