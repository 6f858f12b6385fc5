import Dispatch
import FuzzChecks
import Glibc
import Synchronization

/// libFuzzer's own main, without its `main`.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Runs one of the checks under libFuzzer; its name comes in the variable `FUZZ_TARGET`, so that libFuzzer, which starts
/// itself anew for some of its work, finds its own arguments only. See `Tests/Fuzz/run.sh`.
@main
enum Fuzz {
    /// The chosen one. Set once, before anything runs.
    nonisolated(unsafe) private static var check: (([UInt8]) throws -> Void) = { _ in }

    static func main() {
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
            print("FUZZ_TARGET must be one of: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
            exit(2)
        }
        check = target.plainCheck ?? { bytes in try blocking { try await target.check(bytes) } }
        // Longer inputs are refused before anything looks at them.
        let words = CommandLine.arguments + ["-max_len=\(target.longestInput)"]
        var count = Int32(words.count)
        var arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count + 1)
        for (index, word) in words.enumerated() { arguments[index] = strdup(word) }
        arguments[words.count] = nil
        exit(
            runDriver(&count, &arguments) { start, count in
                do {
                    try Fuzz.check(Array(UnsafeBufferPointer(start: start, count: count)))
                    return 0
                } catch {
                    // libFuzzer catches the signal, keeps the input and says where it is.
                    fatalError("\(error)")
                }
            }
        )
    }

    private static func blocking(_ body: @escaping @Sendable () async throws -> Void) throws {
        let outcome = Outcome()
        Task.detached {
            do {
                try await body()
            } catch { outcome.error.withLock { $0 = error } }
            outcome.isThere.signal()
        }
        outcome.isThere.wait()
        if let error = outcome.error.withLock({ $0 }) { throw error }
    }

    /// Takes what came of a task to the thread that waits for it.
    private final class Outcome: Sendable {
        let error = Mutex<(any Error)?>(nil)
        let isThere = DispatchSemaphore(value: 0)
    }
}
