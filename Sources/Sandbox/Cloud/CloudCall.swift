/// A request whose caller and parameters are accepted.
struct CloudCall {
    let route: CloudRoute
    let projectID: Int?
    let location: String?
    let parameters: [String: String]

    init(_ request: SandboxRequest, settings: CloudSettings) throws(CloudRefusal) {
        let route = try CloudRoute(request)
        let parameters = request.parameters
        let credential = try Self.authenticate(request, parameters, settings)
        for name in route.required.sorted() where parameters[name] == nil {
            throw .invalid(name, "This field is required.")
        }
        if let location = parameters["location"], !settings.locations.contains(location) {
            throw .invalid("location", "\"\(location)\" is not a valid choice.")
        }
        if let active = parameters["active_iam"] {
            guard let id = Int(active) else { throw .invalid("active_iam", "A valid integer is required.") }
            guard settings.activeIAMs.contains(id) else {
                throw .refused(403, "You do not have permission to perform this action.", form: .detail)
            }
        }
        projectID = try Self.project(parameters, credential, settings)
        location = parameters["location"]
        self.route = route
        self.parameters = parameters
    }

    private static func authenticate(
        _ request: SandboxRequest,
        _ parameters: [String: String],
        _ settings: CloudSettings
    ) throws(CloudRefusal) -> CloudSettings.Credential {
        let key = parameters["apikey"]
        let token = request.bearer
        if key == nil, token == nil {
            throw .refused(401, "Authentication credentials were not provided.", form: .detail)
        }
        guard let credential = settings.credentials.first(where: { $0.apiKey == key && $0.token == token }) else {
            throw .refused(401, "Unauthorized — missing or invalid API key.")
        }
        return credential
    }

    private static func project(
        _ parameters: [String: String],
        _ credential: CloudSettings.Credential,
        _ settings: CloudSettings
    ) throws(CloudRefusal) -> Int? {
        guard let text = parameters["project_id"] else { return nil }
        guard let id = Int(text) else { throw .invalid("project_id", "A valid integer is required.") }
        guard settings.credentials.contains(where: { $0.projectID == id }) else {
            throw .refused(400, "Project not found", form: .statusCode)
        }
        guard id == credential.projectID else {
            throw .refused(403, "You do not have permission to perform this action.", form: .detail)
        }
        return id
    }
}
