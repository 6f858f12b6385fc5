import Sandbox
import TestSupport

/// What one run does: who asks for what, what else goes wrong, and where the process dies. All of it follows from the point
/// and the run's number, so a run can be repeated; only time and threads are not in it.
struct CrashScenario: Sendable {
    /// A change that somebody asks for.
    struct Ask: Sendable {
        let text: String
        let action: String
        let cluster: Int

        init(_ text: String, _ action: String) {
            self.text = text
            self.action = action
            cluster = text.hasPrefix("42") ? 42 : 43
        }

        /// Whether reading the cluster shows that it was carried out.
        var isProvable: Bool { !Self.unprovable.contains(action) }

        static let unprovable: Set<String> = [
            "restart_workers", "restart_cluster", "add_security_group", "remove_security_group",
        ]

        /// Nobody has to agree.
        static let free = [
            Ask("43 scale 1", "scale_cluster"), Ask("43 scale 3", "scale_cluster"), Ask("43 image 90", "update_image"),
            Ask("43 image 77", "update_image"), Ask("43 ssh-keys set 11 12", "update_ssh_keys"),
            Ask("43 ssh-keys add 13", "update_ssh_keys"), Ask("43 ip attach 20", "attach_ip"),
            Ask("43 restart workers", "restart_workers"), Ask("43 restart cluster", "restart_cluster"),
            Ask("43 sg add 5", "add_security_group"), Ask("43 sg remove 2", "remove_security_group"),
        ]
        /// Its requester has to confirm.
        static let confirmed = [Ask("42 scale 2", "scale_cluster"), Ask("42 scale 4", "scale_cluster")]
        /// Somebody else has to agree.
        static let approved = [
            Ask("42 image 90", "update_image"), Ask("42 ssh-keys set 12 13", "update_ssh_keys"),
            Ask("42 ip detach 10 reserved", "detach_ip"), Ask("42 restart workers", "restart_workers"),
            Ask("42 restart cluster", "restart_cluster"), Ask("42 sg remove 3", "remove_security_group"),
        ]
    }

    /// `C01` to `C28`, or a fault's number.
    let point: String
    let number: Int
    let death: CrashPlace.Death
    /// What is asked for, one after the other.
    var asks: [Ask]
    /// What goes wrong at the cloud with requests for changes.
    var cloudFaults: [CloudFault] = []
    var slackFaults: [SlackFault] = []
    /// A second death, while the next process clears up, if it comes that far.
    var secondDeath: String?
    /// Whether the other changes are asked for only after the death, because they would be hit instead.
    var companyWaits = false
    /// Whether people decide nothing before the death.
    var peopleWait = false
    /// Refused commands before all others, so that a checkpoint falls due amid the work.
    var flood = 0
    /// Where a backup dies that is made of the store when everything is at rest.
    var backupDeath: String?
    /// Whether the store was written by the version before the newest tables.
    var isOldStore = false

    /// - Parameter number: counts from 0. Successive numbers go through the point's ways of dying.
    init(_ place: CrashPlace, _ number: Int) {
        point = place.rawValue
        self.number = number
        var random = SplitMix64(seed: UInt64(number) &* 64 &+ UInt64(CrashPlace.allCases.firstIndex(of: place) ?? 0))
        let deaths = place.deaths
        death = deaths[(place == .c28 ? number / 2 : number) % deaths.count]
        asks = [Self.firstAsk(place, &random)]
        cloudFaults = Self.cloudFaults(place, &random)
        if case .answeredButUnposted = death {
            slackFaults = [SlackFault(.errorBefore, times: 100, method: "chat.postMessage")]
        } else if random.isOneIn(4) {
            slackFaults = [Self.slackFault(place, &random)]
        }
        if random.isOneIn(3) { asks.append(Self.company(asks[0], &random)) }
        if random.isOneIn(3) { secondDeath = Self.secondDeath(&random) }
        companyWaits = [.c01, .c02, .c03, .c04, .c05, .c06, .c07, .c24, .c26].contains(place)
        // Amid the work the log is copied, but not cut.
        if place == .c27, !death.description.contains("truncate"), random.isOneIn(4) { flood = 220 }
        if place == .c27 { backupDeath = CrashPlace.inBackup[number % CrashPlace.inBackup.count] }
        if place == .c28 { isOldStore = number % 2 == 1 }
    }

    /// A scenario without chance in it.
    init(point: String, _ death: CrashPlace.Death, _ asks: [Ask]) {
        self.point = point
        self.death = death
        self.asks = asks
        number = 0
    }

    private static func firstAsk(_ place: CrashPlace, _ random: inout SplitMix64) -> Ask {
        let provable = Ask.free.filter(\.isProvable)
        return switch place {
        case .c06, .c07: random.one(of: Ask.approved)
        case .c24, .c25: random.one(of: provable)
        case .c26: random.one(of: Ask.free.filter { !$0.isProvable })
        case .c01, .c02, .c03, .c04, .c05: random.one(of: Ask.free + Ask.confirmed + Ask.approved)
        default: random.one(of: Ask.free)
        }
    }

    /// The faults of a cloud that loses the bot's trust: the outcome is unknown, whether or not the change was carried out.
    private static let bewildering: [CloudFault.Kind] = [
        .dropBefore, .dropAfter, .errorBefore, .errorAfter, .truncate, .garbage,
    ]

    private static func cloudFaults(_ place: CrashPlace, _ random: inout SplitMix64) -> [CloudFault] {
        switch place {
        case .c24, .c25, .c26:
            return [CloudFault(random.one(of: bewildering), method: "PUT")]
        case .c17:
            // The reply is kept for so long that the process is dead before it comes.
            return [CloudFault(random.one(of: [.delayBefore, .delayAfter]), method: "PUT", milliseconds: 700)]
        case .c18:
            let some: [CloudFault.Kind] = [.errorAfter, .truncate, .garbage, .failing200, .rateLimit]
            return random.isOneIn(2) ? [CloudFault(random.one(of: some), method: "PUT")] : []
        case .c16, .c19, .c20, .c21, .c22, .c23:
            let some = bewildering + [.failing200, .rateLimit, .applyLate]
            return random.isOneIn(2) ? [CloudFault(random.one(of: some), method: "PUT", milliseconds: 200)] : []
        default:
            return []
        }
    }

    private static func slackFault(_ place: CrashPlace, _ random: inout SplitMix64) -> SlackFault {
        // Where the first message is what counts, it comes through: without it the change goes on all the same.
        let methods = place == .c05 ? ["chat.update"] : ["chat.postMessage", "chat.update"]
        let kinds: [SlackFault.Kind] = [.errorBefore, .errorAfter, .rateLimit, .dropBefore, .dropAfter]
        return SlackFault(random.one(of: kinds), method: random.one(of: methods))
    }

    /// Another change at the same time: of the other cluster, or behind the first in the same queue.
    private static func company(_ first: Ask, _ random: inout SplitMix64) -> Ask {
        random.one(of: (Ask.free + Ask.confirmed + Ask.approved).filter { $0.action != first.action })
    }

    private static func secondDeath(_ random: inout SplitMix64) -> String {
        let points = [
            "commitBegins", "commitDone", "progressPosted", "milestonePosted", "messageRendered", "evidenceRead",
            "verdictInTransaction", "deliveryCommitted", "intentCommitted", "outcomeCommitted",
        ]
        return "\(random.one(of: points)):\(Int(random.next() % 6) + 1)"
    }
}

extension SplitMix64 {
    fileprivate mutating func isOneIn(_ count: UInt64) -> Bool { next() % count == 0 }

    /// - Precondition: there is one.
    fileprivate mutating func one<Element>(of elements: [Element]) -> Element {
        elements[Int(next() % UInt64(elements.count))]
    }
}
