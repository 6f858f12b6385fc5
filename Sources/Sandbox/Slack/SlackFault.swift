/// Something that goes wrong with the next Web API calls that match.
package struct SlackFault: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// The call is not done and answered with HTTP 500 (or `status`).
        case errorBefore = "error_before"
        /// The call is done and answered with HTTP 500 (or `status`).
        case errorAfter = "error_after"
        /// The call is not done and answered with HTTP 429 and `Retry-After: retry_after`.
        case rateLimit = "rate_limit"
        /// The call is done after `milliseconds`.
        case delayBefore = "delay_before"
        /// The call is done at once and answered after `milliseconds`.
        case delayAfter = "delay_after"
        /// The call is not done; the connection is closed.
        case dropBefore = "drop_before"
        /// The call is done; the connection is closed without a reply.
        case dropAfter = "drop_after"
        /// The call is not done and answered with HTTP 200 and `{"ok":false,"error":…}`.
        case apiError = "api_error"
    }

    package var kind: Kind
    /// The number of matching calls that the fault hits.
    package var times: Int
    /// Only this method; `response_url` for those.
    package var method: String?
    package var milliseconds: Int
    package var status: Int
    /// The pause that `rate_limit` asks for, in seconds.
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
