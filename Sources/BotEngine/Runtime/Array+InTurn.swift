extension Array {
    /// The first of everybody, then the second of everybody, and so on; within one round as they stand.
    func inTurn<Owner: Hashable>(by owner: (Element) -> Owner) -> [Element] {
        var counts: [Owner: Int] = [:]
        let ranked = enumerated().map { index, element in
            let rank = counts[owner(element), default: 0]
            counts[owner(element)] = rank + 1
            return (rank: rank, index: index, element: element)
        }
        return ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map(\.element)
    }
}
