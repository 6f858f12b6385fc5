import Sandbox
import Testing

extension World {
    /// Returns the kinds of all entries, in their order, and expects that the history verifies.
    func kinds() async throws -> [String] {
        let export = try await run("history", "export", "--format", "jsonl")
        #expect(try await run("history", "verify").exit == 0)
        return try export.output.split(separator: "\n").map { try json(String($0))["kind"]?.string ?? "" }
    }
}
