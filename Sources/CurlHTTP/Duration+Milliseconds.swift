extension Duration {
    /// Whole milliseconds, rounded up, as libcurl takes them: at least 1 (0 would mean "no limit"), at most what its
    /// `int` holds.
    var curlMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 1 }
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        let attosecondsInMillisecond: Int64 = 1_000_000_000_000_000
        let milliseconds = seconds * 1000 + (attoseconds + attosecondsInMillisecond - 1) / attosecondsInMillisecond
        return max(1, Int(milliseconds))
    }
}
