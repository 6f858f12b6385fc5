import BotCore
import BotEngine
import Testing

/// Every way in which an action can be said, in the chat's words and in the API's own.
struct ActionFormTests {
    struct Form: Sendable, CustomTestStringConvertible {
        let text: String
        let action: String
        let arguments: [String: JSONValue]

        init(_ text: String, _ action: String, _ arguments: [String: JSONValue] = [:]) {
            self.text = text
            self.action = action
            self.arguments = arguments
        }

        var testDescription: String { text }
    }

    static let chat: [Form] = [
        Form("42 ssh-keys set 11 12", "update_ssh_keys", ["ssh_key_ids": .ints([11, 12])]),
        Form("42 ssh-keys 11 12", "update_ssh_keys", ["ssh_key_ids": .ints([11, 12])]),
        Form("42 ssh-keys 12", "update_ssh_keys", ["ssh_key_ids": .ints([12])]),
        Form("42 ssh-keys add 13", "update_ssh_keys", ["add": .ints([13])]),
        Form("42 ssh-keys add 13, 14", "update_ssh_keys", ["add": .ints([13, 14])]),
        Form("42 ssh-keys remove 11", "update_ssh_keys", ["remove": .ints([11])]),
        Form("42 image 77", "update_image", ["image_version_id": .int(77)]),
        Form("42 restart workers", "restart_workers"),
        Form("42 restart cluster", "restart_cluster"),
        Form("42 scale 4", "scale_cluster", ["additional_nodes": .int(4)]),
        Form("42 scale +4", "scale_cluster", ["additional_nodes": .int(4)]),
        Form("42 scale to 12", "scale_cluster", ["to": .int(12)]),
        Form("42 ip attach 9", "attach_ip", ["reserved_ip_id": .int(9)]),
        Form("42 ip detach 9 reserved", "detach_ip", ["reserved_ip_id": .int(9), "ip_type": .string("reserved")]),
        Form("42 ip detach 9", "detach_ip", ["reserved_ip_id": .int(9), "ip_type": .string("reserved")]),
        Form("42 sg add 3 4", "add_security_group", ["security_groups_ids": .ints([3, 4])]),
        Form("42 sg add 4,3", "add_security_group", ["security_groups_ids": .ints([4, 3])]),
        Form("42 sg remove 3", "remove_security_group", ["security_group_id": .int(3)]),
    ]

    static let api: [Form] = [
        Form("42 update_ssh_keys ssh_key_ids=11,12", "update_ssh_keys", ["ssh_key_ids": .ints([11, 12])]),
        Form("42 update_ssh_keys ssh_key_ids=11 12", "update_ssh_keys", ["ssh_key_ids": .ints([11, 12])]),
        Form("42 update_ssh_keys ssh_key_ids= 11, 12", "update_ssh_keys", ["ssh_key_ids": .ints([11, 12])]),
        Form("42 update_image image_version_id=77", "update_image", ["image_version_id": .int(77)]),
        Form("42 restart_workers", "restart_workers"),
        Form("42 restart_cluster", "restart_cluster"),
        Form("42 scale_cluster additional_nodes=4", "scale_cluster", ["additional_nodes": .int(4)]),
        Form("42 attach_ip reserved_ip_id=9", "attach_ip", ["reserved_ip_id": .int(9)]),
        Form(
            "42 detach_ip reserved_ip_id=9 ip_type=reserved",
            "detach_ip",
            ["reserved_ip_id": .int(9), "ip_type": .string("reserved")]
        ),
        Form(
            "42 detach_ip ip_type=RESERVED reserved_ip_id=9",
            "detach_ip",
            ["reserved_ip_id": .int(9), "ip_type": .string("reserved")]
        ),
        Form(
            "42 detach_ip reserved_ip_id=9",
            "detach_ip",
            ["reserved_ip_id": .int(9), "ip_type": .string("reserved")]
        ),
        Form(
            "42 add_security_group security_groups_ids=3,4",
            "add_security_group",
            ["security_groups_ids": .ints([3, 4])]
        ),
        Form("42 remove_security_group security_group_id=3", "remove_security_group", ["security_group_id": .int(3)]),
    ]

    @Test(arguments: chat + api) func isUnderstoodAsThatActionWithThoseArguments(_ form: Form) throws {
        let expected = AskedChange(cluster: Samples.prod, action: form.action, arguments: form.arguments)
        #expect(try Samples.grammar.understand(form.text) == .change(expected))
    }

    @Test(arguments: chat + api) func capitalsMakeNoDifference(_ form: Form) throws {
        #expect(try Samples.grammar.understand(form.text.uppercased()) == Samples.grammar.understand(form.text))
    }

    @Test(arguments: chat + api) func commasAndMoreSpacesMakeNoDifference(_ form: Form) throws {
        let wide = "  ,\t" + form.text.split(separator: " ").joined(separator: " \n  ") + " , "
        #expect(try Samples.grammar.understand(wide) == Samples.grammar.understand(form.text))
    }

    @Test(arguments: chat + api) func theClusterMayBeCalledByItsName(_ form: Form) throws {
        let named = "Prod-TRAIN" + form.text.dropFirst(2)
        #expect(try Samples.grammar.understand(named) == Samples.grammar.understand(form.text))
    }

    @Test(arguments: chat + api) func oneWordMoreIsAnError(_ form: Form) {
        // Behind keys and groups it may be the name of another one.
        let mayBeName = ["42 ssh-keys", "42 sg add"].contains { form.text.hasPrefix($0) }
        #expect(throws: WrongInput.self) { try Samples.grammar.understand(form.text + (mayBeName ? " by" : " soon")) }
        #expect(throws: WrongInput.self) { try Samples.grammar.understand(form.text + #" """#) }
    }

    @Test(arguments: chat + api) func optionsMayStandAnywhereBehindTheCluster(_ form: Form) throws {
        let plain = try Samples.asked(form.text)
        let expected = AskedChange(
            cluster: plain.cluster,
            action: plain.action,
            arguments: plain.arguments,
            reason: "more room, now",
            planOnly: true
        )
        #expect(try Samples.asked(form.text + #" --reason "more room, now" --plan"#) == expected)
        #expect(try Samples.asked(#"42 --PLAN --Reason 'more room, now'"# + form.text.dropFirst(2)) == expected)
    }

    @Test func everyActionIsSaidInBothSpellings() {
        let names = Set(ActionCatalogue.all.map(\.name))
        #expect(Set(Self.chat.map(\.action)) == names)
        #expect(Set(Self.api.map(\.action)) == names)
    }

    @Test func everyFormThatTheHelpShowsIsUnderstood() throws {
        for spec in ActionCatalogue.all {
            for form in spec.forms { #expect(try Samples.asked("42 \(form)").action == spec.name) }
        }
    }

    @Test func theTypeOfAnAddressMustBeSaidWhereSeveralAreConfigured() throws {
        let grammar = Grammar(clusters: Samples.clusters, ipTypes: ["reserved", "addon"])
        #expect(try Samples.asked("42 ip detach 9 ADDON", grammar).arguments["ip_type"] == .string("addon"))
        for text in ["42 ip detach 9", "42 detach_ip reserved_ip_id=9", "42 ip detach 9 floating"] {
            let wrong = #expect(throws: WrongInput.self) { try grammar.understand(text) }
            #expect(wrong?.problem.contains("`reserved`, `addon`") == true)
        }
    }

    @Test func theTitleSaysTheCommandAsItWasUnderstood() throws {
        #expect(try Samples.asked("42 scale +4 --plan").title == "+4 nodes on prod-train")
        #expect(
            try Samples.asked("dev-train restart cluster").title
                == "restart Dev-Train, controller and all nodes"
        )
    }
}
