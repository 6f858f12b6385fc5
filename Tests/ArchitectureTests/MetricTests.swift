import BotCore
import Testing

/// A metric is one constant with its help text, in one place.
@Suite struct MetricTests {
    private static let home = "Sources/BotCore/Metrics/Metric+All.swift"

    @Test func everyConstantIsInTheList() throws {
        let constants = try SourceFile(path: Self.home).matches(indentedBy: 4, /package static let (\w+) = Metric\(/)
        #expect(constants.count == Metric.all.count)
        let list = try SourceFile(path: Self.home).lines.drop { !$0.contains("static let all = [") }
            .prefix { !$0.hasPrefix("    ]") }.joined(separator: " ")
        for constant in constants {
            let name = constant.output.1
            #expect(list.split { !$0.isLetter && !$0.isNumber }.contains(name), "\(name) is not in Metric.all")
        }
        #expect(Set(Metric.all.map(\.name)).count == Metric.all.count)
    }

    @Test func everyMetricHasItsHelpAndANameWithAUnit() {
        for metric in Metric.all {
            #expect(metric.name.wholeMatch(of: /(clusterbot|process)_[a-z_]+/) != nil, "\(metric.name)")
            #expect(metric.help.hasSuffix(".") && metric.help.count > 10, "\(metric.name)")
            let isCounter = metric.kind == .counter || metric.kind == .readCounter
            #expect(metric.name.hasSuffix("_total") == isCounter, "\(metric.name)")
            #expect(metric.kind != .histogram || metric.name.hasSuffix("_seconds"), "\(metric.name)")
            #expect(Metric.named(metric.name) == metric)
        }
    }

    /// Comments may say which metric they mean.
    @Test func noNameOfAMetricStandsElsewhere() throws {
        var findings: [String] = []
        for file in try SourceTree.sources.get() where file.path != Self.home {
            guard file.text.contains("clusterbot_") || file.text.contains("process_") else { continue }
            for (line, text) in file.lines.enumerated() {
                let code = text.firstRange(of: "//").map { text[..<$0.lowerBound] } ?? text[...]
                if Metric.all.contains(where: { code.contains($0.name) }) { findings.append(file.finding(line, text)) }
            }
        }
        #expect(findings == [])
    }

    /// Handlers are made from a metric's constant alone.
    @Test func nobodyMakesAHandlerByItself() throws {
        var findings: [String] = []
        for file in try SourceTree.sources.get() where !file.path.hasPrefix("Sources/BotCore/Metrics/") {
            guard file.text.contains("(label:") else { continue }
            for (line, text) in file.lines.enumerated()
            where text.contains(/\b(?:Counter|Gauge|Recorder|Timer|Meter)\(label:/) {
                findings.append(file.finding(line, "use a constant of Metric"))
            }
        }
        #expect(findings == [])
    }
}
