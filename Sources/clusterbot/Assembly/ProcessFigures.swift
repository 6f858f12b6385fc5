import BotCore
import Foundation
import Glibc

/// Records the kernel's figures of this process. If the kernel cannot be asked, because no descriptor is left, they
/// stay as they were.
enum ProcessFigures {
    static func record() {
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            Metric.processCPU.set(seconds(usage.ru_utime) + seconds(usage.ru_stime))
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            Metric.processMaximumDescriptors.set(Double(limit.rlim_cur))
        }
        // The listing itself holds one of them.
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            Metric.processOpenDescriptors.set(Double(open.count - 1))
        }
        if let pages = text("/proc/self/statm")?.split(separator: " ").prefix(2).compactMap({ Double($0) }),
            pages.count == 2
        {
            let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))
            Metric.processVirtualMemory.set(pages[0] * pageSize)
            Metric.processResidentMemory.set(pages[1] * pageSize)
        }
        if let start { Metric.processStart.set(start) }
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    private static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    /// The start of the process in seconds since 1970: that of the machine, and the time from there. The machine's comes
    /// from the clocks, because a service may see nothing of `/proc` but processes.
    private static let start: Double? = {
        // The program's name in brackets comes first, and may hold anything.
        guard let fields = text("/proc/self/stat")?.split(separator: ")").last?.split(separator: " "),
            fields.count > 19,
            let ticks = Double(fields[19])
        else { return nil }
        return clock(CLOCK_REALTIME) - clock(CLOCK_BOOTTIME) + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }()

    private static func clock(_ id: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(id, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
