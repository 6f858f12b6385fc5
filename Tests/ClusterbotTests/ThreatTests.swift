import Foundation
import Testing

/// `Tests/Threats.md` says which tests stand against which threat.
@Suite struct ThreatTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    @Test func eachIsFacedByTestsThatAreThere() throws {
        let page = try String(contentsOf: Self.folder.appending(path: "Threats.md"), encoding: .utf8)
        let rows = page.matches(of: #/(?m)^\| (T\d+) \|.*\| (.+) \|$/#)
        #expect(rows.map { String($0.1) } == (10...36).map { "T\($0)" })
        let files = try #require(FileManager.default.enumerator(at: Self.folder, includingPropertiesForKeys: nil))
        var sources: [String: String] = [:]
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for suite in source.matches(of: #/(?:struct|class|extension) (\w+Tests)\b/#) {
                sources[String(suite.1), default: ""] += source
            }
        }
        for row in rows {
            let names = row.2.matches(of: #/`(\w+)(?:\.(\w+))?`/#)
            #expect(!names.isEmpty, "\(row.1)")
            for name in names {
                let source = sources[String(name.1)]
                #expect(source != nil, "\(row.1): there is no suite \(name.1)")
                if let test = name.2 {
                    #expect(source?.contains("func \(test)(") == true, "\(row.1): there is no test \(name.0)")
                }
            }
        }
    }
}
