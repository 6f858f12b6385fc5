import Foundation
import NIOConcurrencyHelpers

/// A program under test as a process of its own: its output line by line, its end, and signals.
///
/// Spawned by hand: Foundation's `Process` for Linux crashes when many are started at the same time.
package final class ChildProcess: Sendable {
    package struct Seen: Sendable {
        package var output: [String] = []
        package var errors: [String] = []
        package var exit: Int32?
    }

    package let seen = EventWaiter(Seen())
    package let pid: Int32

    package init(_ executable: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        // One at a time, so that no other child gets these pipes before they are marked.
        let (pid, output, errors) = try Self.spawning.withLock {
            let (output, errors) = (try Pipe(), try Pipe())
            defer {
                close(output.input)
                close(errors.input)
            }
            let pid = try Self.spawn(
                [executable] + arguments,
                environment.map { "\($0.key)=\($0.value)" },
                output: output.input,
                errors: errors.input
            )
            return (pid, output, errors)
        }
        self.pid = pid
        let seen = seen
        Self.read(output.output) { line in seen.update { $0.output.append(line) } }
        Self.read(errors.output) { line in seen.update { $0.errors.append(line) } }
        Thread.detachNewThread {
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            // The low seven bits are the signal that ended it, the next byte is its own code.
            let exit = status & 0x7f == 0 ? (status >> 8) & 0xff : status & 0x7f
            seen.update { $0.exit = exit }
        }
    }

    deinit {
        if seen.state.exit == nil { kill(pid, SIGKILL) }
    }

    package func send(_ signal: Int32) { kill(pid, signal) }

    /// Ends it at once, as a power cut would, and waits until it is gone.
    package func killNow() async throws {
        send(SIGKILL)
        _ = try await exitCode()
    }

    /// Waits for the end; a signal's number if one ended it.
    package func exitCode(within limit: Duration = .patience) async throws -> Int32 {
        try await seen.wait(for: "process \(pid) to end", within: limit) { $0.exit != nil }
        return seen.state.exit ?? -1
    }

    /// Waits until everything that it wrote was read: the pipes may be read to their end a moment after it is gone.
    package func outputEnds() async throws {
        try await seen.wait(for: "the output to end") {
            $0.output.last == Self.endMark && $0.errors.last == Self.endMark
        }
    }

    /// Runs a program to its end.
    package static func run(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        within limit: Duration = .patience
    ) async throws -> (exit: Int32, output: String, errors: String) {
        let child = try ChildProcess(executable, arguments, environment: environment)
        let exit = try await child.exitCode(within: limit)
        try await child.outputEnds()
        let seen = child.seen.state
        return (exit, seen.output.dropLast().joined(separator: "\n"), seen.errors.dropLast().joined(separator: "\n"))
    }

    // MARK: The system

    private static let spawning = NIOLock()

    private struct Pipe {
        /// Where it is read, and where it is written.
        let output: Int32
        let input: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (output, input) = (ends[0], ends[1])
        }
    }

    /// Starts a program with its outputs, nothing to read and no blocked signals.
    private static func spawn(
        _ arguments: [String],
        _ environment: [String],
        output: Int32,
        errors: Int32
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        // What the tests have open besides, such as the simulators' connections, is no business of the child's.
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for descriptor in open.compactMap({ Int32($0) }) where descriptor > STDERR_FILENO {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (blocked, usual) = (sigset_t(), sigset_t())
        sigemptyset(&blocked)
        sigemptyset(&usual)
        for signal in [SIGHUP, SIGINT, SIGPIPE, SIGTERM] { sigaddset(&usual, signal) }
        posix_spawnattr_setsigmask(&attributes, &blocked)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let argv = arguments.map { strdup($0) } + [nil]
        let envp = environment.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        var pid: pid_t = 0
        let problem = posix_spawn(&pid, arguments[0], &actions, &attributes, argv, envp)
        guard problem == 0 else { throw POSIXError(POSIXErrorCode(rawValue: problem) ?? .EIO) }
        return pid
    }

    /// The last line of both outputs, after the end.
    private static let endMark = "\u{04}"

    /// Splits what comes out of a pipe into lines, on a thread of its own, and ends with ``endMark``.
    private static func read(_ descriptor: Int32, _ line: @escaping @Sendable (String) -> Void) {
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        Thread.detachNewThread {
            var rest = Data()
            while true {
                let chunk = handle.availableData
                guard !chunk.isEmpty else { break }
                rest.append(chunk)
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    line(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
            if !rest.isEmpty { line(String(decoding: rest, as: UTF8.self)) }
            line(endMark)
        }
    }
}
