/// The answer of a Web API method: Slack's `ok` object, or an error word.
enum SlackResult {
    case ok([String: SandboxJSON])
    case error(String, messages: [String] = [])
    /// HTTP 429.
    case limited(seconds: Int)
}
