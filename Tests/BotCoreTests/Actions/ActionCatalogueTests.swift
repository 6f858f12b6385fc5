import BotCore
import Testing

struct ActionCatalogueTests {
    /// The table of "Guarantees" in the handbook: names and body fields.
    static let fields: [String: [String]] = [
        "update_ssh_keys": ["ssh_key_ids"],
        "update_image": ["image_version_id"],
        "restart_workers": [],
        "restart_cluster": [],
        "scale_cluster": ["additional_nodes"],
        "attach_ip": ["reserved_ip_id"],
        "detach_ip": ["reserved_ip_id", "ip_type"],
        "add_security_group": ["security_groups_ids"],
        "remove_security_group": ["security_group_id"],
    ]

    @Test func theNineActionsAreThereWithTheirFields() {
        #expect(ActionCatalogue.all.count == 9)
        #expect(
            Dictionary(uniqueKeysWithValues: ActionCatalogue.all.map { ($0.name, $0.fields.map(\.name)) })
                == Self.fields
        )
    }

    @Test func onlyANameOfTheAPIFindsAnAction() {
        #expect(ActionCatalogue.action(named: "scale_cluster")?.words == ["scale"])
        #expect(ActionCatalogue.action(named: "scale") == nil)
        #expect(ActionCatalogue.action(named: "") == nil)
    }

    @Test func whatDestroysByDefaultIsAsTheContractSays() {
        #expect(
            ActionCatalogue.destructiveByDefault == [
                "restart_workers", "restart_cluster", "update_image", "update_ssh_keys", "detach_ip",
                "remove_security_group",
            ]
        )
    }

    @Test func noTwoActionsAreCalledByTheSameWords() {
        #expect(Set(ActionCatalogue.all.map { $0.words.joined(separator: " ") }).count == 9)
    }

    @Test(arguments: ActionCatalogue.all.map(\.name)) func anUnreadClusterShowsNothingToCompare(_ name: String) throws {
        let spec = try #require(ActionCatalogue.action(named: name))
        #expect(spec.compared([:], ClusterReading()).isEmpty)
    }

    /// What compares the owner of an address must read the addresses, or it is compared with nothing.
    @Test func whatProvesAnAddressReadsTheAddresses() {
        for spec in ActionCatalogue.all {
            #expect(spec.readsReservedIPs == spec.proof.contains("ip_owner"), "\(spec.name)")
        }
    }
}
