import Hummingbird

/// A middleware that answers 405 to requests that would change a page.
struct AllowedMethods: RouterMiddleware {
    typealias Context = BasicRequestContext

    /// The paths of the pages; the rule holds for all that lies below them, too.
    let paths: Set<String>

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let path = RequestPath.of(request.uri.path)
        let isLooking = request.method == .get || request.method == .head
        guard !isLooking, paths.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) else {
            return try await next(request, context)
        }
        return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
    }
}
