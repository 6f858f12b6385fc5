import FoundationEssentials

/// The people, channels and limits of a simulated Slack workspace. The defaults are Slack's own
/// limits; tests that are about something else may loosen them.
package struct SlackWorkspace: Sendable {
    /// An account. What it may do to clusters is none of Slack's business.
    package struct Person: Sendable {
        package var id: String
        /// The handle, changeable by its owner; not an identity.
        package var name: String
        package var realName: String
        /// The role, shown on the page so that visitors know whom they play.
        package var title: String
        /// The workspace the account belongs to; another one than ours for people who come through Slack Connect.
        package var teamID: String
        /// What else it may be than a full member.
        package var kind: Kind

        package enum Kind: String, Codable, Sendable {
            case member, deactivated, bot
            /// A guest of several channels.
            case guest
            /// A guest of one channel.
            case singleChannelGuest
        }

        package init(
            id: String,
            name: String,
            realName: String,
            title: String,
            teamID: String = "T0001",
            kind: Kind = .member
        ) {
            self.id = id
            self.name = name
            self.realName = realName
            self.title = title
            self.teamID = teamID
            self.kind = kind
        }
    }

    /// A channel or a direct conversation with the app.
    package struct Channel: Codable, Sendable, Equatable {
        package var id: String
        package var name: String
        /// User ids; the app's own among them where it was invited.
        package var members: Set<String>
        package var isPrivate = false
        package var isDirect = false
        /// Shared with another organisation.
        package var isShared = false
        package var isArchived = false

        package init(
            id: String,
            name: String,
            members: Set<String>,
            isPrivate: Bool = false,
            isDirect: Bool = false,
            isShared: Bool = false
        ) {
            self.id = id
            self.name = name
            self.members = members
            self.isPrivate = isPrivate
            self.isDirect = isDirect
            self.isShared = isShared
        }
    }

    /// A user group.
    package struct UserGroup: Sendable {
        package var id: String
        package var handle: String
        package var users: [String]
        package var isDisabled: Bool

        package init(id: String, handle: String, users: [String], isDisabled: Bool = false) {
            self.id = id
            self.handle = handle
            self.users = users
            self.isDisabled = isDisabled
        }
    }

    package var teamID = "T0001"
    package var teamDomain = "sandbox"
    package var appID = "A0001"
    package var botUserID = "U0BOT"
    package var botID = "B0BOT"
    package var botName = "clusterbot"
    /// The token that the app must send as Bearer.
    package var botToken = "xoxb-sandbox-token"
    /// The scopes of the app, those of the manifest; calls that need another are refused with `missing_scope`.
    package var scopes: Set<String> = [
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "groups:history",
        "groups:read", "im:history", "im:write", "usergroups:read", "users:read",
    ]
    package var signingSecret = "5a4db0c5ec7e75195a4db0c5ec7e7519"
    /// The deprecated `token` field of every payload.
    package var verificationToken = "sandbox-verification-token"
    /// The app's slash command, with the slash.
    package var command = "/cluster"
    package var people: [Person]
    package var channels: [Channel]
    package var userGroups: [UserGroup]

    /// The URL at which the app takes commands; nil until it is known.
    package var commandURL: String?
    /// The URL at which the app takes clicks; nil until it is known.
    package var interactionURL: String?

    /// The pace of messages: Slack allows one a second and channel …
    package var postsPerSecond = 1.0
    /// … with short bursts. How short is not documented; three in a row are seldom refused.
    package var postBurst = 3
    /// Slack's tiers for the other methods, in calls a minute.
    package var callsPerMinute = [
        "chat.update": 50, "chat.delete": 50, "chat.postEphemeral": 100, "users.info": 100, "users.list": 20,
        "conversations.info": 50, "conversations.history": 50,
        "usergroups.list": 20, "usergroups.users.list": 20, "auth.test": 600,
    ]
    /// The most accounts on a page of `users.list`, whatever is asked for. Slack may give fewer than it is asked for.
    package var mostUsersOnPage = 1000
    /// The time that Slack waits for an app.
    package var answerWithin: Duration = .seconds(3)
    /// The number of uses that a `response_url` has …
    package var hookUses = 5
    /// … within this time.
    package var hookLife: Duration = .seconds(30 * 60)
    /// The wall clock.
    package var now: @Sendable () -> Date = { Date() }

    package init(people: [Person], channels: [Channel], userGroups: [UserGroup]) {
        self.people = people
        self.channels = channels
        self.userGroups = userGroups
    }

    /// The demo's workspace: an engineer, two leads, somebody of the security team, somebody whom no
    /// configuration lists, and a guest from elsewhere.
    package static var demo: SlackWorkspace {
        let everyone: Set<String> = ["U0AMY", "U0BOB", "U0CAROL", "U0ERIN", "U0DAVE"]
        return SlackWorkspace(
            people: [
                Person(id: "U0AMY", name: "amy", realName: "Amy Engineer", title: "engineer"),
                Person(id: "U0BOB", name: "bob", realName: "Bob Lead", title: "lead"),
                Person(id: "U0CAROL", name: "carol", realName: "Carol Lead", title: "lead"),
                Person(id: "U0ERIN", name: "erin", realName: "Erin Security", title: "security"),
                Person(id: "U0DAVE", name: "dave", realName: "Dave Viewer", title: "not listed"),
                Person(id: "U0GUEST", name: "gus", realName: "Gus Guest", title: "other company", teamID: "T0EXT"),
            ],
            channels: [
                Channel(id: "C0OPS", name: "ops", members: everyone.union(["U0BOT"])),
                Channel(id: "C0HISTORY", name: "cluster-history", members: everyone.union(["U0BOT"])),
                Channel(id: "C0SECURITY", name: "security", members: everyone.union(["U0BOT"])),
                Channel(id: "C0RANDOM", name: "random", members: everyone),
                Channel(
                    id: "C0SHARED",
                    name: "with-partner",
                    members: everyone.union(["U0BOT", "U0GUEST"]),
                    isShared: true
                ),
            ]
                + everyone.sorted().map { id in
                    Channel(
                        id: "D\(id.dropFirst())",
                        name: "clusterbot",
                        members: [id, "U0BOT"],
                        isPrivate: true,
                        isDirect: true
                    )
                },
            userGroups: [UserGroup(id: "S0LEADS", handle: "leads", users: ["U0BOB", "U0CAROL"])]
        )
    }

    /// The account with that id.
    package func person(_ id: String) -> Person? { people.first { $0.id == id } }
}
