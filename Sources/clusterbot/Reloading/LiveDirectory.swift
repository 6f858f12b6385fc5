import BotCore
import ChatKit

/// A platform's user groups by the configuration in force. Each look-up goes by one configuration from its beginning to its
/// end.
struct LiveDirectory: MemberDirectory {
    let live: LiveParts
    let platform: String
    let first: any MemberDirectory

    func members(of group: UserGroup) async throws(LookUpProblem) -> Set<Account> {
        try await (live.chat(platform)?.directory ?? first).members(of: group)
    }
}
