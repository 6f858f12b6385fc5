import BotCore
import Testing

/// The words that name no cluster, person or group: those of the commands, and the list of "Guarantees" in the handbook.
struct ReservedWordsTests {
    static let commands = """
        help list pending show status history why who can approve may whoami locks freezes version deny cancel confirm \
        resolve succeeded failed plan with review ok concern emergency lock unlock freeze unfreeze undo again away back
        """
    static let others = """
        all at back because by changes everyone everything failed for from in instead me nodes of on open plan since to \
        today tomorrow until with without workers yesterday
        """

    /// What is typed for the nine actions, and how the API calls them.
    static let actions = """
        scale to restart workers cluster image ssh-keys set add remove and ip attach detach sg nodes node update_ssh_keys \
        update_image restart_workers restart_cluster scale_cluster attach_ip detach_ip add_security_group \
        remove_security_group
        """

    @Test(arguments: (commands + " " + others + " " + actions).split(separator: " ").map(String.init))
    func areReserved(_ word: String) {
        #expect(ReservedWords.all.contains(word))
    }

    @Test func aWordIsEitherNewOrNot() {
        #expect(ReservedWords.first.isDisjoint(with: ReservedWords.later))
    }
}
