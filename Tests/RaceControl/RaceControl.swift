import Foundation
import NIOConcurrencyHelpers

/// A program with a data race, to see that whoever looks for races finds one. It is built as what is looked at: a class
/// that a thread and tasks share, with a lock that guards one of its two counters and not the other.
final class Shared: Sendable {
    let guarded = NIOLockedValueBox(0)
    nonisolated(unsafe) var unguarded = 0

    func count() {
        guarded.withLockedValue { $0 += 1 }
        unguarded += 1
    }
}

@main
struct RaceControl {
    static func main() async {
        let shared = Shared()
        let (done, finish) = AsyncStream.makeStream(of: Void.self)
        Thread.detachNewThread {
            for _ in 0..<10_000 { shared.count() }
            finish.finish()
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { for _ in 0..<10_000 { shared.count() } } }
        }
        for await _ in done {}
        print("guarded \(shared.guarded.withLockedValue(\.self)), unguarded \(shared.unguarded)")
    }
}
