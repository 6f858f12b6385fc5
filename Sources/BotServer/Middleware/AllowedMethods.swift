import Hummingbird

/// Answers 405 where there is a page, but only for looking at.
struct AllowedMethods: RouterMiddleware {
    typealias Context = BasicRequestContext

    /// With what lies below them.
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
