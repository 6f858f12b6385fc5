/// The columns of one row, as a connection reads them.
protocol StoredColumns {
    /// The value in a column, counted from 0; nil if it is of a kind that no table has. A column that is not there is NULL.
    func value(at column: Int) -> StoredValue?
    /// For the sentence about a damaged value.
    var names: [String] { get }
}
