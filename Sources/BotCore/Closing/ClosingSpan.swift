/// The spans for which people may close clusters.
package enum ClosingSpan {
    package static let shortest = Duration.seconds(1)
    /// Whoever needs longer says so anew: what everybody has forgotten must not close a cluster for ever.
    package static let longest = Duration.seconds(7 * 86_400)
}
