import BotCore

/// What `cluster_api` says, with the defaults where it says nothing (or something wrong, which is logged).
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
