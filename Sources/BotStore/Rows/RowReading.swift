import BotCore

/// Reads rows over one connection; readers and writers share it. The queries stand in the files of their tables.
protocol RowReading: StoreReader {
    var statements: Statements { get }
}
