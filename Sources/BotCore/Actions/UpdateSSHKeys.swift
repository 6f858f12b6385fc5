extension ActionSpec {
    /// Replaces the whole set of SSH keys on all nodes. For `add` and `remove` the set is worked out from the one that
    /// was read.
    static let updateSSHKeys = ActionSpec(
        name: "update_ssh_keys",
        words: ["ssh-keys"],
        summary: "replace the SSH keys on all nodes",
        forms: ["ssh-keys set 11 12", "ssh-keys add 13", "ssh-keys remove 11"],
        fields: [Field(name: "ssh_key_ids", kind: .numbers)],
        needsReading: true,
        proof: ["ssh_keys"],
        parse: { words throws(WrongInput) in
            if words.take("add") { return [addedKeys: .ints(try words.numbers("the ids of the keys to add"))] }
            if words.take("remove") { return [removedKeys: .ints(try words.numbers("the ids of the keys to remove"))] }
            _ = words.take("set")
            return ["ssh_key_ids": .ints(try words.numbers("the ids of all keys that shall remain"))]
        },
        resolve: { arguments, seen throws(PlanProblem) in
            let adds = arguments[addedKeys].map(numbers)
            let removes = arguments[removedKeys].map(numbers)
            guard adds != nil || removes != nil else { return arguments }
            guard let now = seen?.sshKeys else {
                throw PlanProblem(
                    "The present SSH keys could not be read. Name the whole set instead: `ssh-keys set 11 12`."
                )
            }
            if let missing = removes?.first(where: { !now.contains($0) }) {
                throw PlanProblem("Key \(missing) is not on the cluster; its keys are \(JSONValue.ints(now).listed).")
            }
            if let adds, adds.allSatisfy(now.contains) {
                throw PlanProblem("Nothing to add: the cluster has \(JSONValue.ints(now).listed) already.")
            }
            let wanted = (now + (adds ?? []).filter { !now.contains($0) }).filter { !(removes ?? []).contains($0) }
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
            after["ssh_keys"] = .ints(numbers(parameters["ssh_key_ids"] ?? .null).sorted())
            return after
        },
        effect: { parameters, before, _ in
            let wanted = numbers(parameters["ssh_key_ids"] ?? .null).sorted()
            guard before["ssh_keys"]?.array != nil else {
                return "replace all SSH keys by \(JSONValue.ints(wanted).listed)"
            }
            let now = numbers(before["ssh_keys"] ?? .null)
            let goes = now.filter { !wanted.contains($0) }
            let comes = wanted.filter { !now.contains($0) }
            if goes.isEmpty, comes.isEmpty { return "set the same SSH keys again: \(JSONValue.ints(wanted).listed)" }
            return "replace the SSH keys \(JSONValue.ints(now).listed) → \(JSONValue.ints(wanted).listed)"
                + " (goes: \(JSONValue.ints(goes).listed); comes: \(JSONValue.ints(comes).listed))"
        },
        cautions: { _, _ in ["Whoever's key is not in the new set loses access to all nodes."] },
        usualNeeds: .secondPerson
    )

    private static let addedKeys = "add"
    private static let removedKeys = "remove"

    private static func numbers(_ value: JSONValue) -> [Int] { (value.array ?? []).compactMap(\.int) }
}
