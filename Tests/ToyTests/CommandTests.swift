import BotCore
import Logging
import TestSupport
import Testing

@testable import BotEngine

/// The toy command does all that the page promises, and nothing but its file and the catalogue's line names it.
@Suite struct CommandTests {
    private static let cluster = Cluster(id: 42, name: "prod-train", project: "vision")
    private static let grammar = Grammar(
        clusters: [cluster],
        ipTypes: ["reserved"],
        commands: CommandCatalogue.all + [Owners.self],
        whenEmpty: CommandCatalogue.whenEmpty
    )
    private static let amy = Account(platform: "toy", workspace: "W1", user: "AMY")
    private static let bob = Account(platform: "toy", workspace: "W1", user: "BOB")
    private static let channel = Channel(platform: "toy", workspace: "W1", id: "OPS")

    @Test func itIsUnderstoodAndANearMissIsAnswered() throws {
        for line in ["owners 42", "OWNERS prod-train", "owners 42 please", "ownres 42"] {
            #expect(try Self.grammar.understand(line) == .command(Owners(of: Self.cluster)), "\(line)")
        }
        for line in ["owners", "owners 43", "owners 42 now"] {
            let wrong = try #require(throws: WrongInput.self) { try Self.grammar.understand(line) }
            #expect(throws: Never.self, "\(line): \(wrong.example)") { try Self.grammar.understand(wrong.example) }
        }
    }

    @Test func itAnswersWhoeverMayReadAndNobodyElse() async throws {
        let asking = try Self.asking(as: Self.amy)
        #expect(try await asking.answer(Owners(of: Self.cluster)) == Reply("bob"))
        let stranger = try Self.asking(as: Account(platform: "toy", workspace: "W1", user: "EVE"))
        let refusal = try await stranger.answer(Owners(of: Self.cluster)).message?.summary.plain ?? ""
        #expect(refusal.contains("not set up") && !refusal.contains("bob"))
    }

    /// Somebody who asks, with a store that nobody needs.
    private static func asking(as account: Account) throws -> Asking {
        let settles = Rule(name: "leads settle", effect: .allow, rights: [Right.resolve], who: [.person("bob")])
        let policy = Policy(people: [amy: "amy", bob: "bob"], groups: [:], rules: [settles], digest: "p")
        let rules = Rulebook(
            clusters: [cluster],
            ipTypes: [],
            policy: policy,
            reconcile: ReconcileSettings(),
            commandWords: "/cluster"
        )
        let context = EngineContext(
            store: MemoryStore(),
            clusters: NoClusters(),
            platforms: [:],
            clock: StandingClock(),
            rulebook: rules,
            logger: Logger(label: "toy")
        )
        let inbound = InboundCommand(
            deliveryKey: "toy:1",
            account: account,
            displayName: "",
            channel: channel,
            isDirect: false,
            text: "owners 42",
            typedAt: context.clock.now,
            replyHandle: nil
        )
        return Asking(
            context: context,
            actor: policy.actor(account, name: ""),
            inbound: inbound,
            rules: rules,
            followUps: FollowUps(context: context),
            version: "1",
            deadline: context.clock.uptime + .seconds(2)
        )
    }
}
