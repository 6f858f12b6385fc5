import BotCore

/// When this process began to watch something. It counts time by the uptime: after the wall clock was set, that clock does not
/// tell how long ago something was.
struct Watch {
    let beganAt: Timestamp
    let uptimeAtBegin: Duration

    init(_ clock: some BotClock) {
        beganAt = clock.now
        uptimeAtBegin = clock.uptime
    }

    /// Returns how long ago a moment before the watch was.
    func age(of moment: Timestamp, at uptime: Duration) -> Duration { beganAt - moment + (uptime - uptimeAtBegin) }
}
