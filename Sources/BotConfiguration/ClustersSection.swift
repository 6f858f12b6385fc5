import BotCore

/// What `labels` and `clusters` say.
struct ClustersSection {
    var list: [Cluster] = []
    /// Ids and names of clusters with mistakes in them too, so that rules that name those need no second message.
    var ids: Set<Int> = []
    var names: Set<String> = []
    /// The values of each label that a rule may speak of: as declared, or else as the clusters carry them.
    var labels: [String: Set<String>] = [:]
    /// Whether every cluster could be read; what rules select is judged only then.
    var isComplete = true
    /// Whether `labels` says which labels there are; if not, the clusters do.
    var declaresLabels = false
}
