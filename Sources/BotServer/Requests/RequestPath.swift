/// The path of a request, as routes are looked up by it.
enum RequestPath {
    /// The path without the query and what proxies may put in front (`http://host`), with single slashes as the router
    /// reads them.
    static func of(_ uri: String) -> String {
        var path = uri.prefix { $0 != "?" }
        if !path.hasPrefix("/"), let scheme = path.firstRange(of: "://") {
            path = path[scheme.upperBound...].drop { $0 != "/" }
        }
        return "/" + path.split(separator: "/").joined(separator: "/")
    }
}
