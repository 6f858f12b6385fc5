/// Everything that is made to go wrong, and every odd thing that people do.
package enum Fault: Int, CaseIterable, Sendable {
    // The store.
    case storeSlow, storeFull, storeFailsInside, storeDoneThenError, storeNotDoneThenError, storeRunsAgain,
        storeReadFails, storeReadSlow
    // The process and its clock.
    case crash, freeze, shutdown, usurped, clockForward, clockBack
    // The way to the cluster API, and the API.
    case connectFails, connectHangs, slowReply, refused, busyAfterwards
    case appliedReplyLost, notAppliedReplyLost, appliedLate, appliedVeryLate, unreadableApplied, unreadableNotApplied
    case readFails, readSlow, readPartial, outsider
    // The chat platform.
    case chatSlow, chatDown, postedThenError, rateLimited, platformRefuses, channelGone, messageGone, tellFails,
        readingBackFails
    // People.
    case doubleClick, redelivery, selfApproval, secondAccount, staleButton, wrongVerdict, typedLate
    // What the configuration says meanwhile.
    case rulesReplaced

    /// What is on or off together.
    enum Family: CaseIterable {
        case store, process, clock, cloud, late, reads, outsiders, chat, people, rules
    }

    var family: Family {
        switch self {
        case .storeSlow, .storeFull, .storeFailsInside, .storeDoneThenError, .storeNotDoneThenError, .storeRunsAgain,
            .storeReadFails, .storeReadSlow:
            .store
        case .crash, .freeze, .shutdown, .usurped: .process
        case .clockForward, .clockBack: .clock
        case .connectFails, .connectHangs, .slowReply, .refused, .busyAfterwards, .appliedReplyLost,
            .notAppliedReplyLost, .unreadableApplied, .unreadableNotApplied:
            .cloud
        case .appliedLate, .appliedVeryLate: .late
        case .readFails, .readSlow, .readPartial: .reads
        case .outsider: .outsiders
        case .chatSlow, .chatDown, .postedThenError, .rateLimited, .platformRefuses, .channelGone, .messageGone,
            .tellFails, .readingBackFails:
            .chat
        case .doubleClick, .redelivery, .selfApproval, .secondAccount, .staleButton, .wrongVerdict, .typedLate: .people
        case .rulesReplaced: .rules
        }
    }

    /// How often it happens at each chance where its family is at its usual strength.
    var usual: Double {
        switch self {
        case .storeSlow: 0.02
        case .storeFull: 0.02
        case .storeFailsInside: 0.01
        case .storeDoneThenError, .storeNotDoneThenError: 0.003
        case .storeRunsAgain: 0.02
        case .storeReadFails: 0.01
        case .storeReadSlow: 0.01
        case .crash, .freeze: 0.002
        case .shutdown: 0.01
        case .usurped: 0.0005
        case .clockForward, .clockBack: 0.03
        case .connectFails, .connectHangs: 0.06
        case .slowReply: 0.1
        case .refused: 0.08
        case .busyAfterwards: 0.2
        case .appliedReplyLost, .notAppliedReplyLost: 0.12
        case .appliedLate: 0.1
        case .appliedVeryLate: 0.08
        case .unreadableApplied, .unreadableNotApplied: 0.05
        case .readFails: 0.05
        case .readSlow: 0.1
        case .readPartial: 0.04
        case .outsider: 0.1
        case .chatSlow: 0.1
        case .chatDown: 0.02
        case .postedThenError: 0.05
        case .rateLimited: 0.03
        case .platformRefuses: 0.01
        case .channelGone: 0.01
        case .messageGone: 0.02
        case .tellFails: 0.1
        case .readingBackFails: 0.2
        case .doubleClick, .redelivery: 0.1
        case .selfApproval: 0.06
        case .secondAccount: 0.1
        case .staleButton: 0.15
        case .wrongVerdict: 0.15
        case .typedLate: 0.05
        case .rulesReplaced: 0.06
        }
    }
}

/// A place at which the process can die or be stopped: both sides of everything that is seen outside of it.
package enum Crossing: Int, CaseIterable, Sendable {
    case deliveryTaken, deliveryAnswered
    case writeQueued, beforeCommit, afterCommit, intentBeforeCommit, intentAfterCommit
    case beforeRead, afterRead, connecting, lastMoment, sent, replied
    case beforePost, afterPost, beforeTell

    /// How much more than others it is worth.
    var weight: Double {
        switch self {
        case .afterRead, .intentBeforeCommit, .intentAfterCommit, .connecting, .lastMoment, .sent, .replied: 20
        case .deliveryTaken, .deliveryAnswered, .afterPost: 3
        default: 1
        }
    }
}

/// How strong each family of faults is in one run. In most runs several are off, so that what the others do is not hidden.
struct FaultProfile {
    private let probabilities: [Double]
    private let absent: Set<Fault.Family>

    init(_ random: inout SeededNumbers) {
        var strengths: [Fault.Family: Double] = [:]
        for family in Fault.Family.allCases {
            strengths[family] = random.weighted([(4, 0.0), (3, 0.4), (3, 1.0), (1, 3.0)])
        }
        probabilities = Fault.allCases.map { min(0.8, $0.usual * (strengths[$0.family] ?? 0)) }
        absent = Set(strengths.filter { $0.value == 0 }.keys)
    }

    func probability(_ fault: Fault) -> Double { probabilities[fault.rawValue] }

    func isOff(_ families: Fault.Family...) -> Bool { families.allSatisfy(absent.contains) }
}
