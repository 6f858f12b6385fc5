#if DEBUG
    /// A place that the program passes on its way, where a test can let the process die or stand still. Tests kill it at every
    /// one of them and look whether anything is lost or done twice.
    ///
    /// Only debug builds know any of this; see `CrashPoint+Release.swift` for the others. The numbers are those of the table of
    /// crash points in the end-to-end tests, which also says what must hold afterwards.
    package struct CrashPoint: Sendable {
        private let name: String

        private init(_ name: String = #function) { self.name = name }

        /// Dies or stops here if the environment asks for it; see ``CrashPlan``.
        package func pass() {
            for plan in CrashPlan.all { plan.pass(name) }
        }
    }

    // MARK: A delivery comes in

    extension CrashPoint {
        /// C01: a webhook was accepted, its body is unread.
        package static var webhookAccepted: Self { Self() }
        /// C02: its signature holds and it is understood; nothing is stored.
        package static var deliveryVerified: Self { Self() }
        /// C02, C06: what follows from it is in the transaction, not committed: a new change, an approval, a verdict.
        package static var deliveryInTransaction: Self { Self() }
        /// C03, C07, C26: it is committed and not answered.
        package static var deliveryCommitted: Self { Self() }
    }

    // MARK: A change is sent

    extension CrashPoint {
        /// C08: a change is ready and its turn has come; nobody has begun.
        package static var turnCame: Self { Self() }
        /// C09: a worker took it; the cluster was not read.
        package static var sendingTakenUp: Self { Self() }
        /// C10: the cluster was read; nothing was checked again.
        package static var clusterRead: Self { Self() }
        /// C11: all checks are passed and the intent is in the transaction, not committed. With ``commitBegins`` and
        /// ``commitDone`` after it, C12.
        package static var intentInTransaction: Self { Self() }
        /// C13: the intent is committed; no connection was asked for.
        package static var intentCommitted: Self { Self() }
        /// C14: libcurl gets the call; the name is looked up next.
        package static var nameLookup: Self { Self() }
        /// C14: the address is known; the socket is opened and connected next, then comes TLS.
        package static var socketOpens: Self { Self() }
        /// C15: the connection stands, and the last question before the first byte was answered with yes.
        package static var lastMomentBeforeSending: Self { Self() }
        /// C18: a line of the reply's head or a part of its body has come.
        package static var replyArrives: Self { Self() }
        /// C19: the reply was read and judged; nothing of it is stored.
        package static var replyJudged: Self { Self() }
        /// C20: the outcome is in the transaction, not committed. With ``commitBegins`` and ``commitDone`` after it, C21.
        package static var outcomeInTransaction: Self { Self() }
        /// C22: the outcome is committed; nobody was told.
        package static var outcomeCommitted: Self { Self() }
    }

    // MARK: The channel is told

    extension CrashPoint {
        /// A message is rendered and about to leave.
        package static var messageRendered: Self { Self() }
        /// C05: the platform has a message that shows progress; the outbox does not know it.
        package static var progressPosted: Self { Self() }
        /// C23: the same with a message that people wait for: a result, or a question to them.
        package static var milestonePosted: Self { Self() }
    }

    // MARK: An unknown outcome is settled

    extension CrashPoint {
        /// C24: the reconciler took up a change; the cluster was not read.
        package static var reconcilingBegins: Self { Self() }
        /// C25: the cluster was read; no verdict is stored.
        package static var evidenceRead: Self { Self() }
        /// C25: the verdict is in the transaction, not committed.
        package static var verdictInTransaction: Self { Self() }
    }

    // MARK: A cluster is followed

    extension CrashPoint {
        /// The cluster was read; nothing of what was seen is stored.
        package static var followingRead: Self { Self() }
        /// The end of a following is in the transaction, not committed.
        package static var followedInTransaction: Self { Self() }
    }

    // MARK: The store

    extension CrashPoint {
        /// A transaction is about to be committed.
        package static var commitBegins: Self { Self() }
        /// It is on the disk; neither the marker beside the store nor anybody else knows.
        package static var commitDone: Self { Self() }
        /// The marker has followed the history; nobody was told.
        package static var commitMarked: Self { Self() }
        /// C27: the log is about to be copied into the file.
        package static var checkpointBegins: Self { Self() }
        /// C27: it was copied.
        package static var checkpointDone: Self { Self() }
        /// C27: a backup is about to be written.
        package static var backupBegins: Self { Self() }
        /// C27: it is written, not checked.
        package static var backupCopied: Self { Self() }
        /// C27: it is checked; it has no name yet.
        package static var backupChecked: Self { Self() }
        /// C27: it has its name.
        package static var backupNamed: Self { Self() }
        /// C28: the file is marked as a store; it has no tables, or older ones.
        package static var storeClaimed: Self { Self() }
        /// C28: a step to newer tables was made, not committed.
        package static var migrationInTransaction: Self { Self() }
        /// C28: all steps to newer tables are committed.
        package static var migrationDone: Self { Self() }
    }
#endif
