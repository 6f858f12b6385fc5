import BotCore
import BotStore
import Glibc
import TestSupport

/// Writes numbered transactions through the real store and says, one line each, what it was told about them. A test starts
/// it with a disk of its own making under it (`Tests/Shims/failing_disk.c`) and judges afterwards what is there.
///
///     StoreDriver STORE COMMITS
///
/// `opened 3`, `settled 3`: it is durable, the store said. `refused settled 4 cannotWrite`: the store said no. `stopped
/// cannotWrite`: the store said that nothing can be written any more; the driver ends then, as the service does, without
/// closing it, with exit code 70.
@main
enum StoreDriver {
    /// So many wait at the same time, by turns: commits of one and of several callers.
    private static let companies = [1, 3, 1, 5, 2]
    /// Every so many transactions is one of many pages, so that the log is copied into the file several times.
    private static let largeEvery = 7
    private static let large = 400

    static func main() async {
        guard CommandLine.arguments.count == 3, let last = Int(CommandLine.arguments[2]) else { exit(64) }
        let path = CommandLine.arguments[1]
        do {
            // Closed and opened again on the way: the log is removed and begins anew.
            for part in [1...last / 3, last / 3 + 1...last] {
                let store = try SQLiteStore(path: path)
                let watch = Task { await stopAtFailure(of: store) }
                await write(part, to: store)
                await store.close()
                await watch.value
            }
        } catch {
            say("unopened \(error.code.rawValue)")
            exit(71)
        }
    }

    private static func write(_ numbers: ClosedRange<Int>, to store: SQLiteStore) async {
        var next = numbers.lowerBound
        var turn = 0
        while next <= numbers.upperBound {
            let company = next...min(next + companies[turn % companies.count] - 1, numbers.upperBound)
            await withTaskGroup(of: Void.self) { group in
                for number in company { group.addTask { await drive(number, store) } }
            }
            next = company.upperBound + 1
            turn += 1
        }
    }

    private static func drive(_ number: Int, _ store: SQLiteStore) async {
        let surplus = number.isMultiple(of: largeEvery) ? large : 0
        await attempt("opened", number) {
            try await store.write { try NumberedCommit.open(number, surplus: surplus, in: $0) }
        }
        guard number.isMultiple(of: 2) else { return }
        await attempt("settled", number) { try await store.write { try NumberedCommit.settle(number, in: $0) } }
    }

    private static func attempt(_ done: String, _ number: Int, _ body: () async throws -> Void) async {
        do {
            try await body()
            say("\(done) \(number)")
        } catch {
            say("refused \(done) \(number) \((error as? StoreError)?.code.rawValue ?? "other")")
        }
    }

    private static func stopAtFailure(of store: SQLiteStore) async {
        for await failure in store.failure {
            say("stopped \(failure.code.rawValue)")
            exit(70)
        }
    }

    /// One call of the system for each line: the order in which things were said is part of what is judged.
    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = Glibc.write(STDOUT_FILENO, bytes, bytes.count)
    }
}
