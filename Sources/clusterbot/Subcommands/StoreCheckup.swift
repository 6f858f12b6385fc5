import BotCore
import BotEngine
import BotStore
import Glibc

/// Looks at the store and its disk for `doctor`, also before the first start.
struct StoreCheckup {
    let path: String

    func run(_ report: DoctorReport) async {
        if access(path, F_OK) == 0 { await checkStore(report) } else { checkPlace(report) }
    }

    /// Checks what `serve` needs to make the store.
    private func checkPlace(_ report: DoctorReport) {
        let folder = SQLiteStore.folder(of: path)
        if access(folder, F_OK) != 0, access(SQLiteStore.folder(of: folder), F_OK) != 0 {
            return report.line(
                .fail,
                "store",
                "there is no folder \(folder), nor the one above it: make it for the user that runs clusterbot "
                    + "(install -d -m 700 \(folder)), or fix `store`"
            )
        }
        let place = access(folder, F_OK) == 0 ? folder : SQLiteStore.folder(of: folder)
        if let reason = Self.notWritable(place, W_OK | X_OK) {
            return report.line(
                .fail,
                "store",
                "\(place) \(reason), so `serve` cannot make \(path): change that, or name another place under `store`"
            )
        }
        if place == folder, let problem = SQLiteStore.openToOthers(path) { return report.line(.fail, "store", problem) }
        report.line(.ok, "store", "\(path) is not there yet: `serve` makes it")
        checkRoom(place, report)
    }

    private func checkStore(_ report: DoctorReport) async {
        checkRoom(path, report)
        let rights = rightsProblem
        if let rights { report.line(.fail, "store", rights) }
        do {
            let store = try ReadOnlySQLiteStore(path: path)
            let damage = try await store.damage()
            guard damage.isEmpty else {
                return report.line(
                    .fail,
                    "store",
                    "\(path) is damaged: \(damage.joined(separator: "; ")). Restore a backup."
                )
            }
            let hold = try await store.read { try $0.hold() }
            if let hold { report.line(.fail, "store", hold.sentence) }
            switch try await HistoryVerifier(store).verify() {
            case .intact(let count, let head):
                // One verdict: a whole history in a store that cannot be used is not ok.
                guard rights == nil else { return }
                report.line(.ok, "store", "\(path): \(count) history entries, head \(head.short)")
            case .broken(let seq, let reason):
                report.line(.fail, "store", "history entry \(seq) does not fit: \(reason). Restore a backup.")
            }
        } catch {
            report.line(.fail, "store", "\(error)")
        }
    }

    /// Below its bound the service takes commands and sends nothing.
    private func checkRoom(_ place: String, _ report: DoctorReport) {
        var status = statvfs()
        guard statvfs(place, &status) == 0 else { return }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        let isEnough = free >= UInt64(SQLiteStore.bytesOfRoom)
        let text = "\(free >> 20) MiB are free where the store is"
        report.line(
            isEnough ? .ok : .fail,
            "disk",
            isEnough ? text : "\(text), and below \(SQLiteStore.bytesOfRoom >> 20) MiB nothing is sent: make room there"
        )
    }

    /// The reason why `serve` cannot use the store because of who may write there; nil if there is none.
    private var rightsProblem: String? {
        if let problem = SQLiteStore.openToOthers(path) { return problem }
        let folder = SQLiteStore.folder(of: path)
        // SQLite makes its log beside the store.
        guard
            let (place, reason) = Self.notWritable(path).map({ (path, $0) })
                ?? Self.notWritable(folder, W_OK | X_OK).map({ (folder, $0) })
        else { return nil }
        return
            "\(place) \(reason), so `serve` cannot write to the store: run this as the user that runs clusterbot, or "
            + "give that user the right to write"
    }

    private static func notWritable(_ place: String, _ rights: Int32 = W_OK) -> String? {
        guard access(place, rights) != 0 else { return nil }
        return errno == EROFS ? "is on a file system that is read-only" : "is not writable for this user"
    }
}
