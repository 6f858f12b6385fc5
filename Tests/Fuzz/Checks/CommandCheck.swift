import BotCore
import BotEngine

/// What somebody types: every text is a command or an explanation with an example that works, what is offered is a command,
/// every command can be typed again in one canonical form that means the same, and what it does something to was typed.
enum CommandCheck {
    static let grammar = Grammar(
        clusters: [
            Cluster(id: 42, name: "prod-train", project: "vision", labels: ["env": "prod"]),
            Cluster(id: 7, name: "Dev.2", project: "nlp", labels: ["env": "dev"]),
        ],
        freezes: ["release weekend"],
        ipTypes: ["reserved", "floating"]
    )
    static let largest = 2_147_483_647

    static func run(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        let command: Understood
        do {
            command = try grammar.understand(text)
        } catch {
            try require(!error.problem.isEmpty && error.problem.utf8.count < 5000, "no useful explanation")
            try require(error.problem.isOneCleanLine, "the explanation holds control characters")
            do { _ = try grammar.understand(error.example) } catch let second {
                throw BrokenProperty("the example `\(error.example)` of “\(error.problem)” is wrong: \(second.problem)")
            }
            for offer in error.offers {
                do { _ = try grammar.understand(offer.line) } catch let second {
                    throw BrokenProperty("`\(offer.line)` is offered for “\(text)” and is wrong: \(second.problem)")
                }
            }
            return
        }
        try require(text.utf8.count <= TypedText.maximumBytes, "a text of \(text.utf8.count) bytes was read")
        try checkNumbers(command)
        try IdentifierCheck.check(command, typedAs: text)
        if case .change(let asked) = command { try checkLines(asked) }
        let typed = command.typed
        do {
            let again = try grammar.understand(typed)
            try require(again == command, "\(command) typed again as `\(typed)` became \(again)")
        } catch let error as WrongInput {
            throw BrokenProperty("\(command) cannot be typed again as `\(typed)`: \(error.problem)")
        }
        let phone = text.replacing("\"", with: "\u{201C}").replacing("'", with: "\u{2019}")
        try require((try? grammar.understand(phone)) == command, "curly quotes change what `\(text)` means")
    }

    private static func checkNumbers(_ command: Understood) throws {
        switch command {
        case .change(let asked): try check(asked)
        case .incomplete, .whichChange: break
        case .command(let command):
            switch command {
            case let approve as Approve: try checkNumber(approve.change)
            case let deny as Deny: try checkNumber(deny.change)
            case let cancel as Cancel: try checkNumber(cancel.change)
            case let confirm as Confirm: try checkNumber(confirm.change)
            case let resolve as Resolve: try checkNumber(resolve.change)
            case let show as Show: try checkNumber(show.change)
            case let lock as Lock: try checkSpan(lock.span)
            case let freeze as FreezeClusters: try checkSpan(freeze.span)
            case let history as History: try require((1...50).contains(history.count), "\(history.count) entries")
            case let why as Why: try check(why.asked)
            case let who as WhoCanApprove: try check(who.asked)
            default: break
            }
        }
    }

    private static func checkNumber(_ number: Int) throws {
        try require((1...largest).contains(number), "the change number \(number)")
    }

    /// The lines that the bot itself writes for a request mean the request.
    private static func checkLines(_ asked: AskedChange) throws {
        for line in [asked.typedLine, asked.commandLine] {
            guard case .change(let again)? = try? grammar.understand(line) else {
                throw BrokenProperty("\(asked) is written as `\(line)`, which is no change")
            }
            try require(
                again.cluster == asked.cluster && again.action == asked.action && again.arguments == asked.arguments,
                "\(asked) is written as `\(line)`, which is \(again)"
            )
        }
    }

    private static func checkSpan(_ span: Duration) throws {
        try require((Duration.seconds(1)...(.seconds(7 * 86400))).contains(span), "a time of \(span)")
    }

    /// The arguments hold what the body needs, or what it is worked out from, and nothing else.
    private static func check(_ asked: AskedChange) throws {
        guard let spec = asked.spec else { throw BrokenProperty("there is no action \(asked.action)") }
        let names = Set(asked.arguments.keys)
        let isRelative =
            names.count == 1 && ["to", "add", "remove", "set", "named"].contains(names.first)
            || names == ["named", "ip_type"]
        try require(isRelative || names == Set(spec.fields.map(\.name)), "\(spec.name) with \(names)")
        for (name, value) in asked.arguments {
            switch value {
            case .int(let number): try require((1...largest).contains(number), "\(name) is \(number)")
            case .array(let values):
                let numbers = values.compactMap(\.int)
                let texts = values.compactMap(\.string)
                try require(numbers.count + texts.count == values.count && !values.isEmpty, "\(name) is \(value)")
                try require(texts.isEmpty || isRelative, "\(name) is \(texts)")
                try require(numbers.allSatisfy { (1...largest).contains($0) }, "\(name) is \(numbers)")
                try require(Set(numbers).count == numbers.count && numbers.count <= 50, "\(name) is \(numbers)")
            case .string(let thing) where name == "named": try require(!thing.isBlankText, "\(name) is \(thing)")
            case .string(let type): try require(["reserved", "floating"].contains(type), "\(name) is \(type)")
            default: throw BrokenProperty("\(name) is \(value)")
            }
        }
        if let reason = asked.reason {
            try require(!reason.isBlankText && reason.isPlainlyVisible, "the reason “\(reason)”")
        }
    }
}

extension Understood {
    /// A text that means this.
    fileprivate var typed: String {
        switch self {
        case .change(let asked): asked.typed
        case .command(let command): Self.typed(command)
        case .incomplete(let cluster, let verb): "\(cluster.id) \(verb ?? "")"
        case .whichChange(let word): word
        }
    }

    private static func typed(_ command: any Command) -> String {
        func rest(_ text: String?) -> String { text.map { " " + quoted($0) } ?? "" }
        func plan(_ named: PlanNamed) -> String {
            if case .typed(let digest?) = named { " plan \(digest)" } else { "" }
        }
        return switch command {
        case let help as Help: "help" + rest(help.topic)
        case let approve as Approve: "approve #\(approve.change)" + plan(approve.plan) + rest(approve.comment)
        case let deny as Deny: "deny \(deny.change)" + rest(deny.reason)
        case let cancel as Cancel: "cancel \(cancel.change)"
        case let confirm as Confirm: "confirm \(confirm.change)" + plan(confirm.plan)
        case let resolve as Resolve:
            "resolve \(resolve.change) \(resolve.succeeded ? "succeeded" : "failed")" + rest(resolve.reason)
        case let show as Show: "show \(show.change)"
        case let status as Status: "\(status.cluster?.id ?? 0) status"
        case let history as History:
            (history.isNumberTakenAsCluster ? "" : history.cluster.map { "\($0.name) " } ?? "")
                + "history \(history.count) lines"
                + (history.isNumberTakenAsCluster ? history.cluster.map { " \($0.id)" } ?? "" : "")
                + (history.person.map { " by \(quoted($0))" } ?? "")
                + (history.since.map { " since \($0.written)" } ?? "")
                + (history.failedOnly ? " failed" : "") + (history.before.map { " before \($0)" } ?? "")
        case let why as Why: "why " + why.asked.typed
        case let who as WhoCanApprove: "who can approve " + who.asked.typed
        case let may as May: (may.cluster.map { "\($0.id) " } ?? "") + May.form.words.joined(separator: " ")
        case let lock as Lock: "\(lock.cluster.id) lock --for \(lock.span.components.seconds)s" + rest(lock.reason)
        case let unlock as Unlock: "\(unlock.cluster.id) unlock" + rest(unlock.reason)
        case let freeze as FreezeClusters:
            "freeze --for \(freeze.span.components.seconds)s \(freeze.scope.typed)" + rest(freeze.reason)
        case let unfreeze as Unfreeze:
            "unfreeze" + (unfreeze.name.map { " \(named($0))" } ?? "") + rest(unfreeze.reason)
        default: type(of: command).form.words.joined(separator: " ")
        }
    }

    /// A name in quotation marks that do not end it; bare if both do, because it was one word then.
    private static func named(_ name: String) -> String {
        let quoted = quoted(name)
        return quoted.first == "\"" || quoted.first == "'" ? quoted : name
    }

    /// In the quotation marks that do not end it; bare if both do. Of a bare text the full stop at the end of the line goes.
    fileprivate static func quoted(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        if !scalars.contains("\"") { return "\"\(text)\"" }
        let ends = scalars.indices.contains { index in
            guard scalars[index] == "'" else { return false }
            guard index + 1 < scalars.count else { return true }
            return !scalars[index + 1].properties.isAlphabetic && scalars[index + 1].properties.numericType == nil
        }
        return ends ? "\(text)." : "'\(text)'"
    }
}

extension FreezeScope {
    fileprivate var typed: String {
        switch self {
        case .everything: "everything"
        case .cluster(let cluster): cluster.name
        case .label(let label, let value): "\(label)=\(value)"
        }
    }
}

extension AskedChange {
    fileprivate var typed: String {
        let words =
            switch arguments.first {
            case ("to", let total)?: "scale to \(total.listed)"
            case ("add", let keys)?: "ssh-keys add \(keys.references)"
            case ("remove", let keys)?: "ssh-keys remove \(keys.references)"
            case ("set", let keys)?: "ssh-keys set \(keys.references)"
            case (_, _)? where arguments["named"] != nil:
                (spec?.words ?? []).joined(separator: " ") + " \(arguments["named"]?.references ?? "")"
                    + (arguments["ip_type"]?.string.map { " \($0)" } ?? "")
            default: action + arguments.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value.listed)" }.joined()
            }
        let reason = reason.map { " --reason \(Understood.quoted($0))" } ?? ""
        return "\(cluster.id) \(words)\(planOnly ? " --plan" : "")\(reason)"
    }
}

extension JSONValue {
    /// Numbers as they are, and names in quotation marks, which no name holds.
    fileprivate var references: String {
        (array ?? [self]).map { one in one.string.map { "\"\($0)\"" } ?? one.listed }.joined(separator: " ")
    }
}
