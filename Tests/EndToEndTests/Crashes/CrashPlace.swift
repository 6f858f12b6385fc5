import TestSupport
import Testing

/// The 28 crash points, and where in the program each of them is. What must hold at the moment of death and after the restart
/// is written a second time and independently in `Tests/Judges/crash_judge.py`.
///
/// | point | the moment of death |
/// |---|---|
/// | C01 | `webhookAccepted` |
/// | C02 | `deliveryVerified`; or in its transaction, `deliveryInTransaction`; or `commitBegins` after that |
/// | C03 | `deliveryCommitted` of the command |
/// | C04 | by the test: the command is answered with 200, and every post so far was refused by Slack |
/// | C05 | `progressPosted`: the change's first message |
/// | C06 | `deliveryInTransaction` of the approving click; or `commitBegins` after that |
/// | C07 | `deliveryCommitted` of the approving click |
/// | C08 | `turnCame` |
/// | C09 | `sendingTakenUp` |
/// | C10 | `clusterRead` |
/// | C11 | `intentInTransaction` |
/// | C12 | `intentInTransaction`, then in the very commit: before it, amid or after the writing of a page of the log, before or after its `fdatasync`, after it, amid the writing of the marker beside the store, after that |
/// | C13 | `intentCommitted` |
/// | C14 | `nameLookup`; `socketOpens`; or after `connect`. The simulated cloud speaks no TLS: its handshake would come between this and C15, in the same call of libcurl |
/// | C15 | `lastMomentBeforeSending` |
/// | C16 | after it, when `send` has written the first half |
/// | C17 | by the test: the cloud has the request and keeps its reply; or `send` has written all of it |
/// | C18 | `replyArrives`: one of the reply's lines |
/// | C19 | `replyJudged` |
/// | C20 | `outcomeInTransaction` |
/// | C21 | `outcomeInTransaction`, then in the very commit, as C12 |
/// | C22 | `outcomeCommitted` |
/// | C23 | `milestonePosted` after `outcomeCommitted` |
/// | C24 | `reconcilingBegins` |
/// | C25 | `evidenceRead`; or `verdictInTransaction` |
/// | C26 | `deliveryCommitted` of the typed verdict |
/// | C27 | `checkpointBegins`, then: at once, amid the writing of a page, before or after a sync or a truncation, `checkpointDone`; at the end of the service, or amid a flood of commands. And `clusterbot backup`: `backupBegins`, amid its writing and syncing, `backupCopied`, `backupChecked`, `backupNamed` |
/// | C28 | `storeClaimed`, `migrationInTransaction`, in the migration's commit, `migrationDone`; of a new store and of an older one |
enum CrashPlace: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case c01 = "C01"
    case c02 = "C02"
    case c03 = "C03"
    case c04 = "C04"
    case c05 = "C05"
    case c06 = "C06"
    case c07 = "C07"
    case c08 = "C08"
    case c09 = "C09"
    case c10 = "C10"
    case c11 = "C11"
    case c12 = "C12"
    case c13 = "C13"
    case c14 = "C14"
    case c15 = "C15"
    case c16 = "C16"
    case c17 = "C17"
    case c18 = "C18"
    case c19 = "C19"
    case c20 = "C20"
    case c21 = "C21"
    case c22 = "C22"
    case c23 = "C23"
    case c24 = "C24"
    case c25 = "C25"
    case c26 = "C26"
    case c27 = "C27"
    case c28 = "C28"

    var testDescription: String { rawValue }

    /// How the process dies.
    enum Death: Sendable {
        /// By its own hand: the steps for `CLUSTERBOT_CRASH_AT`.
        case at(String)
        /// Killed by the test when its command is answered and Slack has refused to post.
        case answeredButUnposted
        /// Killed by the test when the cloud has received the request for a change.
        case requestReceived
        /// Asked to end, with SIGTERM, when a change is in this state; then it dies by itself.
        case terminated(in: TerminationTests.Situation)
        /// By its own decision, if at all, because calls of its disk fail: from this one on, counted from when it listens.
        case disk(FaultyDisk.Fault, at: Int, calls: Int)
    }

    /// All the ways of dying there.
    var deaths: [Death] {
        switch self {
        case .c01: Self.at("webhookAccepted:1")
        case .c02: Self.at("deliveryVerified:1", "deliveryInTransaction:1", "deliveryInTransaction:1,commitBegins:1")
        case .c03: Self.at("deliveryCommitted:1")
        case .c04: [.answeredButUnposted]
        case .c05: Self.at("progressPosted:1")
        case .c06: Self.at("deliveryInTransaction:2", "deliveryInTransaction:2,commitBegins:1")
        case .c07: Self.at("deliveryCommitted:2")
        case .c08: Self.at("turnCame:1")
        case .c09: Self.at("sendingTakenUp:1")
        case .c10: Self.at("clusterRead:1")
        case .c11: Self.at("intentInTransaction:1")
        case .c12:
            // Before a request leaves, the marker beside the store is put on the disk, too.
            Self.inCommit(after: "intentInTransaction:1")
                + Self.at("intentInTransaction:1,commitDone:1,call.sync.before:1")
        case .c13: Self.at("intentCommitted:1")
        case .c14: Self.at("nameLookup:1", "socketOpens:1", "socketOpens:1,call.connect.after:1")
        case .c15: Self.at("lastMomentBeforeSending:1")
        case .c16: Self.at("lastMomentBeforeSending:1,call.send.half:1")
        case .c17: [.requestReceived] + Self.at("lastMomentBeforeSending:1,call.send.after:1")
        case .c18: Self.at("replyArrives:1", "replyArrives:2", "replyArrives:3")
        case .c19: Self.at("replyJudged:1")
        case .c20: Self.at("outcomeInTransaction:1")
        case .c21: Self.inCommit(after: "outcomeInTransaction:1")
        case .c22: Self.at("outcomeCommitted:1")
        case .c23: Self.at("outcomeCommitted:1,milestonePosted:1", "outcomeCommitted:1,milestonePosted:2")
        case .c24: Self.at("reconcilingBegins:1", "reconcilingBegins:2")
        case .c25: Self.at("evidenceRead:1", "evidenceRead:2", "verdictInTransaction:1")
        case .c26: Self.at("deliveryCommitted:2")
        case .c27: Self.inCheckpoint
        case .c28: Self.inMigration
        }
    }

    private static func at(_ steps: String...) -> [Death] { steps.map(Death.at) }

    private static func inCommit(after step: String) -> [Death] {
        [
            "commitBegins:1", "call.pwrite.half:1", "call.pwrite.half:2", "call.pwrite.after:2", "call.pwrite.half:4",
            "call.sync.before:1", "call.sync.after:1", "commitDone:1", "commitDone:1,call.pwrite.half:1",
            "commitMarked:1",
        ].map { Death.at("\(step),\($0)") }
    }

    private static var inCheckpoint: [Death] {
        at("checkpointBegins:1", "checkpointDone:1")
            + [
                "pwrite.before:1", "pwrite.half:1", "pwrite.after:1", "pwrite.half:2", "pwrite.half:4", "sync.before:1",
                "sync.after:1", "truncate.before:1", "truncate.after:1",
            ].map { Death.at("checkpointBegins:1,call.\($0)") }
    }

    /// The steps for `CLUSTERBOT_CRASH_AT` of `clusterbot backup`.
    static let inBackup =
        ["backupBegins:1", "backupCopied:1", "backupChecked:1", "backupNamed:1"]
        + ["pwrite.before:1", "pwrite.half:1", "pwrite.half:7", "pwrite.after:12", "sync.before:1", "sync.after:1"].map
    {
        "backupBegins:1,call.\($0)"
    }

    private static var inMigration: [Death] {
        at("storeClaimed:1", "migrationInTransaction:1", "migrationDone:1")
            + [
                "pwrite.before:1", "pwrite.half:1", "pwrite.half:2", "pwrite.after:2", "pwrite.half:4", "sync.before:1",
                "sync.after:1",
            ].map { Death.at("migrationInTransaction:1,call.\($0)") }
    }
}

extension CrashPlace.Death: CustomStringConvertible {
    var description: String {
        switch self {
        case .at(let steps): steps
        case .answeredButUnposted: "killed when answered and unposted"
        case .requestReceived: "killed when the request was received"
        case .terminated(let situation): "terminated: \(situation.rawValue)"
        case .disk(let fault, let number, let calls): "disk: \(fault) at \(number), \(calls) calls"
        }
    }
}
