import Hummingbird

/// The routes for those who run the service: health, readiness, metrics.
struct OperationsRoutes: Sendable {
    let readiness: Readiness
    let metrics: PrometheusRegistry
    /// Brings gauges up to date before they are printed.
    let refresh: @Sendable () async -> Void

    /// Its paths, each with what it may answer.
    static let statuses: [String: [UInt]] = [
        "/healthz": [200, 405], "/readyz": [200, 405, 503], "/metrics": [200, 405], "/history": [404, 405],
    ]

    func add(to router: Router<BasicRequestContext>) {
        router.add(middleware: AllowedMethods(paths: Set(Self.statuses.keys)))
        router.get("/healthz") { _, _ in Self.text(.ok, "ok\n") }
        router.get("/readyz") { _, _ in
            if let problem = await readiness.problem() { return Self.text(.serviceUnavailable, "\(problem)\n") }
            return Self.text(.ok, "ready\n")
        }
        for path: RouterPath in ["/history", "/history/**"] {
            router.get(path) { _, _ in
                Self.text(
                    .notFound,
                    "The history page is not supported yet. Use `clusterbot history list`, or `history` in chat.\n"
                )
            }
        }
        router.get("/metrics") { _, _ in
            await refresh()
            return Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: metrics.text()))
            )
        }
    }

    private static func text(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }
}
