import BotCore

/// The buttons with which people decide on a change as it stands.
struct ChangeButtons {
    let change: Change

    init(_ change: Change) { self.change = change }

    var all: [Message.Button] {
        let value = ButtonValue(change: change.id, digest: change.plan?.digest).description
        switch change.state {
        case .pending:
            var buttons: [Message.Button] = []
            if change.waitsForRequester {
                let label = change.spec?.button(change.arguments) ?? change.title.capitalizedFirst
                buttons.append(.init(.confirm, label: label, value: value))
            }
            if change.permits.contains(where: { if case .approvals = $0.needs { true } else { false } }) {
                buttons.append(.init(.approve, label: "Approve", value: value))
                buttons.append(.init(.deny, label: "Deny", value: value))
            }
            return buttons + [.init(.cancel, label: "Withdraw", value: value)]
        case .preparing, .ready: return [.init(.cancel, label: "Withdraw", value: value)]
        case .unknown:
            return [
                .init(.resolveSucceeded, label: "It happened…", value: value),
                .init(.resolveFailed, label: "It did not…", value: value),
            ]
        default: return []
        }
    }
}
