import BotCore

/// The section `cluster_api`, with the defaults for what is missing, or wrong, which is logged.
struct ClusterAPISection {
    var baseURL: String?
    var locations = ["Delhi", "Chennai"]
    var ipTypes = ["reserved"]
    var connectTimeout = Duration.seconds(5)
    var totalTimeout = Duration.seconds(30)
    var readBack = true
    var reconcile = Configuration.Reconcile.usual
    var statuses = StatusKinds()
}
