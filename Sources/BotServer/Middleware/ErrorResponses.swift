import Hummingbird
import Logging

/// Turns errors into answers that say enough and not too much, and logs what nobody expected.
struct ErrorResponses: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            // Not found, too large, bad request: Hummingbird's own, with their status.
            return try error.response(from: request, context: context)
        } catch {
            context.logger.error("request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return Response(status: .internalServerError)
        }
    }
}
