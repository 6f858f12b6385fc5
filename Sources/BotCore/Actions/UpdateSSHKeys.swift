extension ActionSpec {
    /// Replaces the whole set of SSH keys on all nodes. For `add` and `remove` the set is worked out from the one that
    /// was read.
    static let updateSSHKeys = ActionSpec(
        name: "update_ssh_keys",
        words: ["ssh-keys"],
        summary: "change the SSH keys on all nodes",
        forms: ["ssh-keys set 11 12", "ssh-keys add 13", "ssh-keys remove 11"],
        fields: [Field(name: "ssh_key_ids", kind: .numbers)],
        needsReading: true,
        proof: ["ssh_keys"],
        parse: { words throws(WrongInput) in
            if words.take("add") { return [addedKeys: .array(try words.references("the keys to add"))] }
            if words.take("remove") { return [removedKeys: .array(try words.references("the keys to remove"))] }
            _ = words.take("set")
            let keys = try words.references("all keys that shall remain")
            return keys.allSatisfy { $0.int != nil } ? ["ssh_key_ids": .array(keys)] : [keptKeys: .array(keys)]
        },
        resolve: { arguments, seen throws(PlanProblem) in
            if let kept = arguments["ssh_key_ids"] ?? arguments[keptKeys] {
                return ["ssh_key_ids": .ints(try numbers(of: kept.array ?? [], .sshKeys, in: seen))]
            }
            guard let seen, let now = seen.sshKeys else {
                throw PlanProblem(
                    "The present SSH keys could not be read. Name the whole set instead: `ssh-keys set 11 12`."
                )
            }
            let present = now.map { seen.words($0, .sshKeys) }.joined(separator: ", ")
            let adds = try numbers(of: arguments[addedKeys]?.array ?? [], .sshKeys, in: seen)
            // What is on the cluster can be taken off, whatever the project's list says of it.
            var removes: [Int] = []
            for key in arguments[removedKeys]?.array ?? [] {
                let named = now.filter { number in key.string.map { seen.has($0, number) } ?? (key.int == number) }
                guard named.count == 1 else {
                    throw PlanProblem(
                        named.isEmpty
                            ? "Key \(key.listed) is not on the cluster; its keys are \(present)."
                            : "Several keys on the cluster are called \(key.listed): "
                                + "\(named.map(String.init).joined(separator: " and ")). Use the number."
                    )
                }
                removes += named
            }
            if removes.isEmpty, adds.allSatisfy(now.contains) {
                throw PlanProblem("Nothing to add: the cluster has \(present) already.", isAboutChoice: true)
            }
            let wanted = (now + adds.filter { !now.contains($0) }).filter { !removes.contains($0) }
            guard !wanted.isEmpty else {
                throw PlanProblem("That would remove the last SSH key and lock everybody out. Add another key first.")
            }
            return ["ssh_key_ids": .ints(wanted)]
        },
        compared: { _, seen in
            known(["ssh_keys": seen.sshKeys.map { .ints($0.sorted()) }, status: seen.status.map(JSONValue.string)])
        },
        expected: { _, parameters, before in
            var after = before
            after["ssh_keys"] = .ints(ints(parameters["ssh_key_ids"] ?? .null).sorted())
            return after
        },
        effect: { effect in
            guard let numbers = effect.parameters["ssh_key_ids"].map(ints) else {
                let (key, value) = effect.arguments.first ?? ("", .null)
                let words = [addedKeys: "add to", removedKeys: "remove from"][key] ?? "set"
                return "\(words) the SSH keys of \(effect.cluster): \(value.listed)"
            }
            let wanted = numbers.sorted()
            guard effect.before["ssh_keys"]?.array != nil else {
                return "set the SSH keys of \(effect.cluster) to \(effect.words(wanted, .sshKeys))"
            }
            let now = ints(effect.before["ssh_keys"] ?? .null)
            let goes = now.filter { !wanted.contains($0) }
            let comes = wanted.filter { !now.contains($0) }
            guard !goes.isEmpty || !comes.isEmpty else {
                return "set the same SSH keys on \(effect.cluster) again: \(effect.words(wanted, .sshKeys))"
            }
            let parts = [(comes, "adds"), (goes, "removes")].filter { !$0.0.isEmpty }.map { keys, verb in
                "\(verb) \(effect.words(keys, .sshKeys))"
            }
            let stays = wanted.filter(now.contains)
            return "SSH keys of \(effect.cluster): \(parts.joined(separator: ", "))"
                + (stays.isEmpty ? "" : "; \(effect.words(stays, .sshKeys)) \(stays.count == 1 ? "stays" : "stay")")
        },
        cautions: { parameters, seen in
            guard let seen, let now = seen.sshKeys else {
                return ["Whoever's key is not in the new set loses access to all nodes."]
            }
            let wanted = ints(parameters["ssh_key_ids"] ?? .null)
            let goes = now.filter { !wanted.contains($0) }.map { seen.words($0, .sshKeys) }
            guard !goes.isEmpty else { return [] }
            return ["Whoever uses \(goes.joined(separator: " or ")) loses access to all nodes."]
        },
        lists: [.sshKeys],
        button: { _ in "Replace the SSH keys" },
        usualNeeds: .secondPerson
    )

    private static let addedKeys = "add"
    private static let removedKeys = "remove"
    private static let keptKeys = "set"

    private static func ints(_ value: JSONValue) -> [Int] { (value.array ?? []).compactMap(\.int) }
}

extension ClusterReading {
    /// Whether a key on the cluster is called so.
    fileprivate func has(_ name: String, _ key: Int) -> Bool {
        let known = sshKeyLabels[key] ?? list(.sshKeys)?.names[key]
        return known?.lowercased() == name.lowercased()
    }
}
