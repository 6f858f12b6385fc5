import Logging

/// Takes the log lines of Hummingbird and passes on what those who run the service can use. What its server says of its
/// own start and end is left out: the service logs where it listens and why it ends, and when one server cannot start, the
/// others would each add an error about that.
struct LibraryLog: LogHandler {
    private var base: any LogHandler

    init(_ base: any LogHandler) { self.base = base }

    var logLevel: Logger.Level {
        get { base.logLevel }
        set { base.logLevel = newValue }
    }
    var metadata: Logger.Metadata {
        get { base.metadata }
        set { base.metadata = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { base[metadataKey: key] }
        set { base[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        guard event.file != "HummingbirdCore/Server.swift" else { return }
        base.log(event: event)
    }
}
