/// The state of a change request. The names are guaranteed (the handbook's "Guarantees").
package enum ChangeState: String, Sendable, Hashable, CaseIterable {
    /// It is stored. Its message is being posted and, where people decide, its plan made.
    case preparing
    /// It waits for its requester's confirmation or for approvals.
    case pending
    /// It may be sent when its turn on its cluster comes.
    case ready
    /// Its intent is stored; the request may be on the wire.
    case sending
    case succeeded
    case failed
    /// The request may have left and no definite reply came.
    case unknown
    /// It ended without a call.
    case refused, denied, cancelled, expired, superseded

    /// Whether it is an end. `unknown` is none: it waits for a verdict.
    package var isEnd: Bool {
        switch self {
        case .preparing, .pending, .ready, .sending, .unknown: false
        case .succeeded, .failed, .refused, .denied, .cancelled, .expired, .superseded: true
        }
    }
}

extension ChangeState {
    /// Returns whether some event leads from here to another state.
    package func mayBecome(_ next: ChangeState) -> Bool { ChangeEvent.all.contains { after($0) == next } }

    /// Returns the state after an event; nil if the event cannot happen in this state.
    ///
    /// No arrow leads from `sending` or `unknown` back to `ready`, and none out of an end.
    package func after(_ event: ChangeEvent) -> ChangeState? {
        switch (self, event) {
        case (.preparing, .planned): .pending
        case (.preparing, .allowed), (.pending, .allowed): .ready
        // It needed nobody, was ready when a process died, and is too old to be executed unseen.
        case (.ready, .delayed): .preparing
        case (.ready, .sendingBegan): .sending
        case (.sending, .succeeded(.answer)), (.unknown, .succeeded(.readBack)), (.unknown, .succeeded(.person)):
            .succeeded
        case (.sending, .failed(.answer)), (.sending, .failed(.notSent)): .failed
        case (.unknown, .failed(.readBack)), (.unknown, .failed(.person)): .failed
        case (.preparing, .failed(.notSent)), (.ready, .failed(.notSent)): .failed
        // The sending was taken for lost, and its definite answer came after all.
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
