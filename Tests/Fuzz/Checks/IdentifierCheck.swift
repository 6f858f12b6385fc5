import BotCore
import BotEngine

/// What does something names what it is done to, just as it was typed: nobody's slip of a cluster, a number, a name or an action
/// is corrected without a click. It is looked for in the text by other means than the grammar's.
enum IdentifierCheck {
    static func check(_ meaning: Understood, typedAs text: String) throws {
        let typed = Typed(text)
        switch meaning {
        case .incomplete, .whichChange: break
        case .change(let asked): try check(asked, typed)
        case .command(let command):
            switch command {
            case let approve as Approve:
                try typed.names(approve.change)
                if case .typed(let digest?) = approve.plan { try typed.names(digest) }
            case let deny as Deny: try typed.names(deny.change)
            case let cancel as Cancel: try typed.names(cancel.change)
            case let confirm as Confirm:
                try typed.names(confirm.change)
                if case .typed(let digest?) = confirm.plan { try typed.names(digest) }
            case let resolve as Resolve:
                try typed.names(resolve.change)
                try typed.names(resolve.succeeded ? "succeeded" : "failed")
            case let lock as Lock: try typed.names(lock.cluster)
            case let unlock as Unlock: try typed.names(unlock.cluster)
            case let freeze as FreezeClusters:
                switch freeze.scope {
                case .everything: try typed.names("everything")
                case .cluster(let cluster): try typed.names(cluster)
                case .label(let label, let value): try typed.names("\(label)=\(value)")
                }
            case let unfreeze as Unfreeze: if let name = unfreeze.name { try typed.names(name) }
            // The others change nothing.
            default: return
            }
            let words = command is Cancel ? ["cancel", "withdraw"] : [type(of: command).form.words[0]]
            try require(words.contains(where: typed.has), "\(words[0]) was not typed in “\(typed.text)”")
        }
    }

    private static func check(_ asked: AskedChange, _ typed: Typed) throws {
        try typed.names(asked.cluster)
        guard let words = words[asked.action] else { throw BrokenProperty("nobody knows the action \(asked.action)") }
        try require(
            typed.has(asked.action) || words.allSatisfy { $0.contains(where: typed.has) },
            "\(asked.action) was not typed in “\(typed.text)”"
        )
        for value in asked.arguments.values {
            for one in value.array ?? [value] {
                if let number = one.int {
                    let isAmount = asked.action == "scale_cluster"
                    try require(
                        typed.has(number) || isAmount && spelled[number].map(typed.has) == true,
                        "\(number) was not typed in “\(typed.text)”"
                    )
                } else if let name = one.string {
                    // The only type of address need not be said; of two it must.
                    try typed.names(name)
                }
            }
        }
    }

    /// Of each action, the words of which one each must be there.
    private static let words: [String: [[String]]] = [
        "scale_cluster": [["scale", "add", "grow"]],
        "restart_workers": [["restart"], ["workers", "worker"]],
        "restart_cluster": [["restart"], ["cluster"]],
        "update_image": [["image", "images"]],
        "update_ssh_keys": [["ssh-keys", "keys", "key", "sshkeys", "ssh-key"]],
        "attach_ip": [["ip", "ips"], ["attach"]],
        "detach_ip": [["ip", "ips"], ["detach"]],
        "add_security_group": [["sg", "sgs", "groups", "security-group", "security-groups"], ["add"]],
        "remove_security_group": [["sg", "sgs", "groups", "security-group", "security-groups"], ["remove"]],
    ]

    private static let spelled = [
        1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
        11: "eleven", 12: "twelve",
    ]
}

/// A typed text in lower case, without what cannot be seen, and with hyphens for all dashes.
private struct Typed {
    let text: String

    init(_ text: String) {
        let seen = text.unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
            let properties = scalar.properties
            if properties.isDefaultIgnorableCodePoint { return properties.isAlphabetic ? " " : nil }
            let isDash = properties.generalCategory == .dashPunctuation || [0x2043, 0x2212].contains(scalar.value)
            return isDash ? "-" : scalar
        }
        self.text = String(String.UnicodeScalarView(seen)).lowercased()
    }

    func names(_ cluster: Cluster) throws {
        try require(has(cluster.id) || has(cluster.name), "\(cluster.name) was not typed in “\(text)”")
    }

    func names(_ number: Int) throws { try require(has(number), "\(number) was not typed in “\(text)”") }

    func names(_ name: String) throws { try require(has(name), "“\(name)” was not typed in “\(text)”") }

    /// Whether the number is there, in the digits 0 to 9, and is no part of a longer one.
    func has(_ number: Int) -> Bool {
        text.split { !("0"..."9" ~= $0) }.contains { Int($0) == number }
    }

    /// Whether the word is there, and is no part of a longer one.
    func has(_ word: String) -> Bool {
        text.ranges(of: Typed(word).text).contains { place in
            let before = text[..<place.lowerBound].unicodeScalars.last
            let after = text[place.upperBound...].unicodeScalars.first
            return ![before, after].compactMap(\.self).contains { $0.properties.isAlphabetic || $0 == "_" }
        }
    }

}
