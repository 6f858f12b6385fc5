import BotCore

/// How the cluster API is called: `cluster_api` and `projects` of the configuration.
package struct ClusterAPISettings: Sendable {
    /// Without a trailing slash: `https://api.e2enetworks.com/myaccount/api/v1/gpu`.
    package var baseURL: String
    /// For the whole of a call, and for connecting.
    package var totalTimeout: Duration
    package var connectTimeout: Duration
    /// False: the API's GETs are never called.
    package var readBack: Bool
    /// By name.
    package var projects: [String: Project]

    package init(
        baseURL: String = "https://api.e2enetworks.com/myaccount/api/v1/gpu",
        totalTimeout: Duration = .seconds(30),
        connectTimeout: Duration = .seconds(5),
        readBack: Bool = true,
        projects: [String: Project]
    ) {
        self.baseURL = baseURL
        self.totalTimeout = totalTimeout
        self.connectTimeout = connectTimeout
        self.readBack = readBack
        self.projects = projects
    }

    /// A project of the API with the credentials that belong to it.
    package struct Project: Sendable {
        package var id: Int
        package var location: String
        /// Nil: the parameter is not sent.
        package var activeIAM: Int?
        /// Travels as `?apikey=`.
        package var apiKey: Secret
        /// Travels as `Authorization: Bearer`.
        package var token: Secret
        /// When key and token stop working.
        package var tokenEnds: Timestamp?

        package init(
            id: Int,
            location: String,
            activeIAM: Int? = nil,
            apiKey: Secret,
            token: Secret,
            tokenEnds: Timestamp? = nil
        ) {
            self.id = id
            self.location = location
            self.activeIAM = activeIAM
            self.apiKey = apiKey
            self.token = token
            self.tokenEnds = tokenEnds
        }
    }
}
