import BotCore

/// The settings for calls of the cluster API: `cluster_api` and `projects` of the configuration.
package struct ClusterAPISettings: Sendable {
    /// The URL below which the API's paths lie, without a trailing slash: `https://api.e2enetworks.com/myaccount/api/v1/gpu`.
    package var baseURL: String
    /// The limits for the whole of a call, and for connecting.
    package var totalTimeout: Duration
    package var connectTimeout: Duration
    /// Whether the API's GETs may be called.
    package var readBack: Bool
    /// The projects by their configured names.
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
        /// The IAM id; nil: the parameter is not sent.
        package var activeIAM: Int?
        /// The key, which travels as `?apikey=`.
        package var apiKey: Secret
        /// The token, which travels as `Authorization: Bearer`.
        package var token: Secret
        /// The time at which key and token stop working.
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
