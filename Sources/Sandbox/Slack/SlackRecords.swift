import FoundationEssentials

/// One call of the Web API, or one use of a `response_url` (method `response_url`), with its reply.
package struct SlackAPICall: Codable, Sendable, Equatable {
    /// Counts up from 1.
    package let number: Int
    package let at: Date
    package let method: String
    /// Without the token.
    package let arguments: SandboxJSON
    /// The HTTP status; nil while it is not answered, and for ever when the connection was closed.
    package var status: Int?
    /// Slack's error word, if it failed.
    package var error: String?
    /// The kind of fault that hit it.
    package var fault: String?
}

/// One request that Slack made to the app, with what came back.
package struct SlackDelivery: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable { case command, click }

    /// Counts up from 1.
    package let number: Int
    package let at: Date
    package let kind: Kind
    package let url: String
    package let user: String
    package let channel: String
    /// The form as it was sent.
    package let body: String
    /// `X-Slack-Request-Timestamp`.
    package let timestamp: String
    /// `X-Slack-Signature`.
    package let signature: String
    /// The app's status; nil if none came in time.
    package var status: Int?
    /// The app's reply; empty if none came.
    package var reply = ""
    /// From the first byte sent to the whole reply, or to giving up.
    package var milliseconds = 0
    /// What Slack calls the failure: `operation_timeout`, `dispatch_failed`, …; nil if the app answered well.
    package var failure: String?
}

/// A `response_url`.
package struct SlackHook: Codable, Sendable, Equatable {
    /// Everything after the host.
    package let path: String
    package let created: Date
    package let user: String
    package let channel: String
    /// What `replace_original` and `delete_original` mean: the message that was clicked, or the newest reply to a command.
    package var original: String?
    package var uses = 0
}

/// Something that goes wrong with the next Web API calls that match.
package struct SlackFault: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Not done, HTTP 500 (or `status`).
        case errorBefore = "error_before"
        /// Done, HTTP 500 (or `status`).
        case errorAfter = "error_after"
        /// Not done, HTTP 429 with `Retry-After: retry_after`.
        case rateLimit = "rate_limit"
        /// Done after `milliseconds`.
        case delayBefore = "delay_before"
        /// Done, answered after `milliseconds`.
        case delayAfter = "delay_after"
        /// Not done, the connection is closed.
        case dropBefore = "drop_before"
        /// Done, the connection is closed without a reply.
        case dropAfter = "drop_after"
        /// Not done, HTTP 200 with `{"ok":false,"error":…}`.
        case apiError = "api_error"
    }

    package var kind: Kind
    /// How many matching calls it hits.
    package var times: Int
    /// Only this method; `response_url` for those.
    package var method: String?
    package var milliseconds: Int
    package var status: Int
    /// Seconds.
    package var retryAfter: Int
    /// The error word of `api_error`.
    package var error: String

    private enum CodingKeys: String, CodingKey {
        case kind, times, method, milliseconds, status, error
        case retryAfter = "retry_after"
    }

    package init(
        _ kind: Kind,
        times: Int = 1,
        method: String? = nil,
        milliseconds: Int = 1000,
        status: Int = 500,
        retryAfter: Int = 1,
        error: String = "internal_error"
    ) {
        self.kind = kind
        self.times = times
        self.method = method
        self.milliseconds = milliseconds
        self.status = status
        self.retryAfter = retryAfter
        self.error = error
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(Kind.self, forKey: .kind),
            times: try container.decodeIfPresent(Int.self, forKey: .times) ?? 1,
            method: try container.decodeIfPresent(String.self, forKey: .method),
            milliseconds: try container.decodeIfPresent(Int.self, forKey: .milliseconds) ?? 1000,
            status: try container.decodeIfPresent(Int.self, forKey: .status) ?? 500,
            retryAfter: try container.decodeIfPresent(Int.self, forKey: .retryAfter) ?? 1,
            error: try container.decodeIfPresent(String.self, forKey: .error) ?? "internal_error"
        )
    }
}
