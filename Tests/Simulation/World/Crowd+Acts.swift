import BotCore
import TestSupport

/// What people do.
extension Crowd {
    // MARK: Asking for changes

    func request() {
        let cluster = world.random.pick(Rules.allClusters)
        let (text, action, arguments) = someAction()
        let delivery = Delivery(
            key: nextKey(),
            account: someAccount(),
            kind: .request(cluster: cluster.id, action: action, arguments: arguments),
            at: world.scheduler.uptime
        )
        let reason = world.random.happens(0.2) ? " --reason \"because\"" : ""
        type("\(world.random.pick(["\(cluster.id)", cluster.name])) \(text)\(reason)", delivery)
    }

    /// Somebody asks for much at once, in the channel where everybody asks.
    func flood() {
        let account = world.random.pick([Person.amy.accounts[0], Person.ann.accounts[0], Person.stranger])
        let count = world.random.between(5, 25)
        world.tally.count("floods")
        for number in 0..<count {
            world.scheduler.after(number * 20.milliseconds, of: .world) { [unowned self] in
                let (cluster, image) = (world.random.pick([43, 47]), 100 + number)
                let delivery = Delivery(
                    key: nextKey(),
                    account: account,
                    kind: .request(
                        cluster: cluster,
                        action: "update_image",
                        arguments: ["image_version_id": .int(image)]
                    ),
                    at: world.scheduler.uptime
                )
                type("\(cluster) image \(image)", delivery, in: .ops)
            }
        }
    }

    private func someAction() -> (String, String, [String: JSONValue]) {
        let nodes = world.random.between(1, 4)
        let image = world.random.between(76, 78)
        let address = world.random.pick([9, 10])
        let choices: [(weight: Int, choice: (String, String, [String: JSONValue]))] = [
            (8, ("scale \(nodes)", "scale_cluster", ["additional_nodes": .int(nodes)])),
            (2, ("scale to 14", "scale_cluster", ["to": .int(14)])),
            (5, ("image \(image)", "update_image", ["image_version_id": .int(image)])),
            (2, ("ssh-keys set 11 13", "update_ssh_keys", ["ssh_key_ids": .ints([11, 13])])),
            (1, ("ssh-keys add 13", "update_ssh_keys", ["add": .ints([13])])),
            (1, ("ssh-keys remove 11", "update_ssh_keys", ["remove": .ints([11])])),
            (2, ("restart workers", "restart_workers", [:])),
            (2, ("restart cluster", "restart_cluster", [:])),
            (2, ("ip attach \(address)", "attach_ip", ["reserved_ip_id": .int(address)])),
            (
                1,
                (
                    "ip detach \(address)", "detach_ip",
                    ["reserved_ip_id": .int(address), "ip_type": .string("reserved")]
                )
            ),
            (2, ("sg add 3", "add_security_group", ["security_groups_ids": .ints([3])])),
            (1, ("sg remove 3", "remove_security_group", ["security_group_id": .int(3)])),
        ]
        return world.random.weighted(choices)
    }

    // MARK: Deciding

    /// Somebody clicks a button that is, or was, on the screen; mostly one that brings the change on.
    func clickSomething() {
        guard let post = world.random.pickIfAny(world.rooms.buttons(newest: 12)) else { return request() }
        let version =
            world.happens(.staleButton)
            ? world.random.pick(post.versions) : post.versions[post.versions.count - 1]
        let agreeing = version.buttons.filter { $0.kind == .approve || $0.kind == .confirm }
        let choices = agreeing.isEmpty || world.random.happens(0.12) ? version.buttons : agreeing
        guard let button = world.random.pickIfAny(choices) else { return request() }
        click(button, in: post.channel)
    }

    private func click(_ button: Message.Button, in channel: Channel) {
        if let offer = offer(button.value) { return click(offer) }
        guard let value = ButtonValue(button.value) else { return }
        let isAgreement = button.kind == .approve || button.kind == .confirm
        let account = decider(of: value.change, wantsRequester: button.kind == .confirm || button.kind == .cancel)
        let delivery = Delivery(
            key: nextKey(),
            account: account,
            kind: isAgreement ? .agreement(change: value.change, digest: value.digest) : .other,
            at: world.scheduler.uptime
        )
        let click = InboundClick(
            deliveryKey: delivery.key,
            account: account,
            displayName: account.user,
            channel: channel,
            button: button.kind.rawValue,
            value: button.value,
            clickedAt: world.trueTime,
            replyHandle: nil
        )
        send(.click(click), delivery)
    }

    func typeDecision() {
        guard let id = someChange() else { return request() }
        let word = world.random.weighted([(6, "approve"), (3, "confirm"), (1, "deny"), (1, "cancel")])
        let account = decider(of: id, wantsRequester: word == "confirm" || word == "cancel")
        let isAgreement = word == "approve" || word == "confirm"
        let delivery = Delivery(
            key: nextKey(),
            account: account,
            kind: isAgreement ? .agreement(change: id, digest: nil) : .other,
            at: world.scheduler.uptime
        )
        type("\(word) \(id)\(word == "deny" ? " no" : "")", delivery)
    }

    /// A verdict on a change whose outcome is unknown: mostly the true one.
    func resolve() {
        guard let change = world.random.pickIfAny(world.disk.state.changes.filter { $0.state == .unknown }) else {
            return request()
        }
        let isApplied = world.cloud.sendings(of: change.id).contains { $0.appliedAt != nil }
        let says = world.happens(.wrongVerdict) ? !isApplied : isApplied
        let account = world.random.pick([Person.bob, .cat, .bob, .cat, .amy]).accounts[0]
        let delivery = Delivery(key: nextKey(), account: account, kind: .other, at: world.scheduler.uptime)
        type("resolve \(change.id) \(says ? "succeeded" : "failed") looked at it", delivery)
    }

    private func someChange() -> Int? {
        let changes = world.disk.state.changes.suffix(8).map(\.id)
        return world.random.pickIfAny(Array(changes))
    }

    /// Who decides: mostly somebody who may; now and then the requester, with one account or the other, or just anybody.
    private func decider(of id: Int, wantsRequester: Bool) -> Account {
        let change = world.disk.state.change(id)
        let own = Person.allCases.first { one in change?.requester.account.map(one.accounts.contains) ?? false }
        if let own, wantsRequester != world.happens(.selfApproval) { return world.random.pick(own.accounts) }
        var people = Person.allCases
        if world.random.happens(0.9) {
            let decided = Set((world.disk.state.approvals[id] ?? []).compactMap(\.actor.person))
            let others: [Person] = [.bob, .cat, .dan, .fay].filter { $0 != own && !decided.contains($0.name) }
            if !others.isEmpty { people = others }
        }
        let one = world.random.pick(people)
        return world.happens(.secondAccount) ? world.random.pick(one.accounts) : one.accounts[0]
    }

    // MARK: Looking

    /// Questions and nonsense: they change nothing, but they share everything with what does.
    func ask() {
        let text = world.random.pick([
            "pending", "history", "list", "42 status", "44 history", "show 1", "why 42 restart cluster",
            "who can approve 45 scale 1", "whoami", "help", "43 scale 2 --plan", "42 scale 0", "99 scale 1", "dance",
            "approve 4711", "",
        ])
        type(text, Delivery(key: nextKey(), account: someAccount(), kind: .other, at: world.scheduler.uptime))
    }

    // MARK: Typing

    private func someAccount() -> Account {
        let random = world.random.below(40)
        if random == 0 { return Person.stranger }
        let one = random == 1 ? world.random.pick(Person.allCases) : world.random.pick([Person.amy, .ann, .bob, .cat])
        return world.happens(.secondAccount) ? world.random.pick(one.accounts) : one.accounts[0]
    }

    func type(_ text: String, _ delivery: Delivery, in channel: Channel? = nil) {
        let ago = world.happens(.typedLate) ? world.random.between(1, 300).seconds : 0
        let command = InboundCommand(
            deliveryKey: delivery.key,
            account: delivery.account,
            displayName: delivery.account.user,
            channel: channel ?? world.random.weighted([(6, .ops), (3, .lab), (1, .guests)]),
            isDirect: world.random.happens(0.01),
            text: text,
            typedAt: Timestamp(milliseconds: world.trueTime.milliseconds - ago / 1000),
            replyHandle: "https://hooks.example/\(delivery.account.user)"
        )
        send(.command(command), delivery)
    }
}
