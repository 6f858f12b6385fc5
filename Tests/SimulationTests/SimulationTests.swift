import Simulation
import Testing

@Suite("The engine in a simulated world")
struct SimulationTests {
    @Test func holds() {
        let result = Campaign(from: 1, count: 50, threads: 2).run { print($0) }
        #expect(result.failed.isEmpty)
    }
}
