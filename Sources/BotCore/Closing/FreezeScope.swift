/// The clusters that a typed freeze is about.
package enum FreezeScope: Hashable, Sendable {
    case everything
    case cluster(Cluster)
    case label(String, value: String)

    /// The clusters for a ``Freeze``.
    package var selector: Rule.ClusterSelector? {
        switch self {
        case .everything: nil
        case .cluster(let cluster): Rule.ClusterSelector(ids: [cluster.id])
        case .label(let label, let value): Rule.ClusterSelector(labels: [label: [value]])
        }
    }
}
