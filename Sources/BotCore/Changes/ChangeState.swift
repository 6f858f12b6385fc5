/// Where a change request stands. The names are guaranteed ("Guarantees" in the handbook).
package enum ChangeState: String, Sendable, Hashable, CaseIterable {
    /// Stored; its message is being posted and, where somebody must agree, its plan made.
    case preparing
    /// Waits for its requester's confirmation or for approvals.
    case pending
    /// May be sent when its cluster's turn comes.
    case ready
    /// The intent is stored; the request may be on the wire.
    case sending
    case succeeded
    case failed
    /// The request may have left and no definite reply came.
    case unknown
    /// Ends without a call.
    case refused, denied, cancelled, expired, superseded

    /// Whether nothing will happen to it any more. `unknown` is no end: it waits for a verdict.
    package var isEnd: Bool {
        switch self {
        case .preparing, .pending, .ready, .sending, .unknown: false
        case .succeeded, .failed, .refused, .denied, .cancelled, .expired, .superseded: true
        }
    }
}

extension ChangeState {
    /// Whether some event leads from here to another state.
    package func mayBecome(_ next: ChangeState) -> Bool { ChangeEvent.all.contains { after($0) == next } }

    /// The state after an event; nil if the event cannot happen in this state.
    ///
    /// No arrow leads from `sending` or `unknown` back to `ready`, and none out of an end.
    package func after(_ event: ChangeEvent) -> ChangeState? {
        switch (self, event) {
        case (.preparing, .planned): .pending
        case (.preparing, .allowed), (.pending, .allowed): .ready
        // What was ready without anybody's agreement when a process died, and is too old to be executed unseen.
        case (.ready, .delayed): .preparing
        case (.ready, .sendingBegan): .sending
        case (.sending, .succeeded(.answer)), (.unknown, .succeeded(.readBack)), (.unknown, .succeeded(.person)):
            .succeeded
        case (.sending, .failed(.answer)), (.sending, .failed(.notSent)): .failed
        case (.unknown, .failed(.readBack)), (.unknown, .failed(.person)): .failed
        case (.preparing, .failed(.notSent)), (.ready, .failed(.notSent)): .failed
        // The sender was taken for lost, and its definite answer came after all.
        case (.unknown, .succeeded(.answer)): .succeeded
        case (.unknown, .failed(.answer)), (.unknown, .failed(.notSent)): .failed
        case (.sending, .outcomeLost): .unknown
        case (.preparing, .refused), (.pending, .refused), (.ready, .refused): .refused
        case (.pending, .denied), (.ready, .denied): .denied
        case (.preparing, .cancelled), (.pending, .cancelled), (.ready, .cancelled): .cancelled
        case (.preparing, .expired), (.pending, .expired), (.ready, .expired): .expired
        case (.pending, .superseded), (.ready, .superseded): .superseded
        default: nil
        }
    }
}
