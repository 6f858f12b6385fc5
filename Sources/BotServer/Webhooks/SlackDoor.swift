import SlackChat

/// What the server needs to take Slack's webhooks.
package struct SlackDoor: Sendable {
    let receiver: SlackReceiver
    let clicks: SlackClickAnswer

    package init(receiver: SlackReceiver, clicks: SlackClickAnswer) {
        self.receiver = receiver
        self.clicks = clicks
    }
}
