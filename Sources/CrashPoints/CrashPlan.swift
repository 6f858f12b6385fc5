#if DEBUG
    import Glibc
    import NIOConcurrencyHelpers

    /// The plan that the environment sets for crash points.
    ///
    /// `CLUSTERBOT_CRASH_AT=outcomeInTransaction:1,commitBegins:1` kills the process with SIGKILL when it passes
    /// `commitBegins` for the first time after it passed `outcomeInTransaction` for the first time. The same in
    /// `CLUSTERBOT_STOP_AT` stops it with SIGSTOP. The last step may be a system call of the thread that made the step
    /// before it, such as `call.fdatasync.before:1`; that takes the library `Tests/Shims/dying_calls.c` in `LD_PRELOAD`.
    final class CrashPlan: Sendable {
        /// So many passes of a point.
        private struct Step {
            let name: String
            let passes: Int
        }

        private struct Progress {
            var step = 0
            var passes = 0
        }

        static let all = [named("CLUSTERBOT_CRASH_AT", SIGKILL), named("CLUSTERBOT_STOP_AT", SIGSTOP)].compactMap(
            \.self
        )

        private static func named(_ variable: String, _ signal: Int32) -> CrashPlan? {
            getenv(variable).map { CrashPlan(String(cString: $0), signal) }
        }

        private let steps: [Step]
        private let signal: Int32
        private let progress = NIOLockedValueBox(Progress())

        private init(_ text: String, _ signal: Int32) {
            steps = text.split(separator: ",").map { step in
                let parts = step.split(separator: ":")
                guard parts.count == 2, let passes = Int(parts[1]), passes > 0 else { fatalError("no step: \(step)") }
                return Step(name: String(parts[0]), passes: passes)
            }
            self.signal = signal
        }

        func pass(_ name: String) {
            let isHere = progress.withLockedValue { progress in
                guard progress.step < steps.count, steps[progress.step].name == name else { return false }
                progress.passes += 1
                guard progress.passes == steps[progress.step].passes else { return false }
                progress.step += 1
                progress.passes = 0
                if progress.step < steps.count { Self.arm(steps[progress.step]) }
                return progress.step == steps.count
            }
            guard isHere else { return }
            let line = "reached \(name)\n"
            _ = write(STDERR_FILENO, line, line.utf8.count)
            // To this very thread: a signal to the process may reach another first, and this one runs on for a moment.
            raise(signal)
        }

        /// Hands the last step over to the preloaded library if it is a system call.
        private static func arm(_ step: Step) {
            guard step.name.hasPrefix("call.") else { return }
            guard let symbol = dlsym(nil, "clusterbot_die_in_call") else { fatalError("no library for \(step.name)") }
            typealias Arm = @convention(c) (UnsafePointer<CChar>, Int32) -> Void
            unsafeBitCast(symbol, to: Arm.self)(String(step.name.dropFirst("call.".count)), Int32(step.passes))
        }
    }
#endif
