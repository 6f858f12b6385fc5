extension Array {
    /// Orders elements in turn between owners: the first of each, then the second of each, and so on. Within one round
    /// they keep their order.
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
