/// Something that goes wrong with the next requests that match.
package struct CloudFault: Codable, Sendable, Equatable {
    /// The kinds of faults. "Applied" means that the world has changed.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// The request waits for `milliseconds`, then it is applied and answered.
        case delayBefore = "delay_before"
        /// Applied at once, answered after `milliseconds`.
        case delayAfter = "delay_after"
        /// The connection is closed after the head, before the body is read. `action` cannot be matched.
        case closeUnread = "close_unread"
        /// Not applied, answered with `status` (default 503).
        case errorBefore = "error_before"
        /// Applied, answered with `status` (default 500).
        case errorAfter = "error_after"
        /// Not applied, the connection is closed without a reply.
        case dropBefore = "drop_before"
        /// Applied, the connection is closed without a reply.
        case dropAfter = "drop_after"
        /// Applied, the connection is closed in the middle of the reply.
        case truncate
        /// Applied, answered with 200 and a page that is not JSON.
        case garbage
        /// Not applied, answered with 200 and a body that says it failed.
        case failing200 = "failing_200"
        /// Not applied, answered with 429 and `Retry-After: retry_after` (seconds, default 1).
        case rateLimit = "rate_limit"
        /// Answered with 504 at once, applied `milliseconds` later.
        case applyLate = "apply_late"
        /// Connecting is refused for `milliseconds` from now on. Concerns no single request.
        case offline
    }

    package var kind: Kind
    /// The number of matching requests that the fault hits.
    package var times: Int
    /// Only requests with this method.
    package var method: String?
    /// Only requests with this `action` in the body.
    package var action: String?
    /// The time that the kind speaks of, in milliseconds.
    package var milliseconds: Int
    /// The status that the kind speaks of.
    package var status: Int?
    /// The seconds that the kind speaks of.
    package var retryAfter: Int

    private enum CodingKeys: String, CodingKey {
        case kind, times, method, action, milliseconds, status
        case retryAfter = "retry_after"
    }

    package init(
        _ kind: Kind,
        times: Int = 1,
        method: String? = nil,
        action: String? = nil,
        milliseconds: Int = 1000,
        status: Int? = nil,
        retryAfter: Int = 1
    ) {
        self.kind = kind
        self.times = times
        self.method = method
        self.action = action
        self.milliseconds = milliseconds
        self.status = status
        self.retryAfter = retryAfter
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(Kind.self, forKey: .kind),
            times: try container.decodeIfPresent(Int.self, forKey: .times) ?? 1,
            method: try container.decodeIfPresent(String.self, forKey: .method),
            action: try container.decodeIfPresent(String.self, forKey: .action),
            milliseconds: try container.decodeIfPresent(Int.self, forKey: .milliseconds) ?? 1000,
            status: try container.decodeIfPresent(Int.self, forKey: .status),
            retryAfter: try container.decodeIfPresent(Int.self, forKey: .retryAfter) ?? 1
        )
    }

    var duration: Duration { .milliseconds(milliseconds) }

    func matches(method: String, action: String?) -> Bool {
        (self.method ?? method).uppercased() == method && (self.action == nil || self.action == action)
    }
}
