/// The clusters that a typed freeze is about.
package enum FreezeScope: Hashable, Sendable {
    case everything
    case cluster(Cluster)
    case label(String, value: String)

    /// The words with which it is typed: `everything`, `42`, `env=prod`.
    package var words: String {
        switch self {
        case .everything: "everything"
        case .cluster(let cluster): "\(cluster.id)"
        case .label(let label, let value): "\(label)=\(value)"
        }
    }

    /// The clusters for a ``Freeze``.
    package var selector: Rule.ClusterSelector? {
        switch self {
        case .everything: nil
        case .cluster(let cluster): Rule.ClusterSelector(ids: [cluster.id])
        case .label(let label, let value): Rule.ClusterSelector(labels: [label: [value]])
        }
    }
}
