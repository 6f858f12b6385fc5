import Hummingbird
import Logging

/// Logs each request by method, path and status. Never the query or the body: both may hold secrets.
struct RequestLog: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        context.logger.debug(
            "request",
            metadata: [
                "method": "\(request.method)", "path": "\(request.uri.path)",
                "status": .stringConvertible(response.status.code),
            ]
        )
        return response
    }
}
