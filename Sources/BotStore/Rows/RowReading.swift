import BotCore

/// What both sides of the store can be asked, over one connection. The questions stand with the tables they go to.
protocol RowReading: StoreReader {
    var statements: Statements { get }
}
