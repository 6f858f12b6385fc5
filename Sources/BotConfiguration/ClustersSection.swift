import BotCore

/// The sections `labels` and `clusters`.
struct ClustersSection {
    var list: [Cluster] = []
    /// All ids, and in ``names`` all names, with those of clusters that have mistakes: rules that name those need no
    /// second message.
    var ids: Set<Int> = []
    var names: Set<String> = []
    /// The values of each label that a rule may name: those that are declared, or else those of the clusters.
    var labels: [String: Set<String>] = [:]
    /// Whether every cluster could be read. Only then it is checked what rules select.
    var isComplete = true
    /// Whether `labels` declares the labels; if not, those of the clusters count.
    var declaresLabels = false
}
