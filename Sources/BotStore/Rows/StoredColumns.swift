/// The columns of one row, as a connection reads them.
protocol StoredColumns {
    /// Returns the value in a column, counted from 0; nil if it is of a kind that no table has. A column that does not
    /// exist is NULL.
    func value(at column: Int) -> StoredValue?
    /// The names of the columns, for the error about a damaged value.
    var names: [String] { get }
}
