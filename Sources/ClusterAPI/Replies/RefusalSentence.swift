/// A sentence for people that says what a definite no of the API means and what to do about it.
struct RefusalSentence {
    let status: Int
    let cluster: String
    let project: String

    /// - Parameter said: the API's own words, fit to be shown; empty if there are none.
    func text(_ said: String) -> String {
        let words = said.isEmpty ? "" : ": \(said)"
        let lower = said.lowercased()
        if lower.contains("project not found") {
            return
                "The API knows no such project (\(status)\(words)). Check `projects.\(project).project_id` and `location`"
                + " in the configuration."
        }
        switch status {
        case 401:
            return
                "The API did not accept the credentials of project \(project) (401\(words)). Key and token end 365 days"
                + " after they were made, or were deleted, or are mistyped. Make a new Personal Access Token in the TIR"
                + " dashboard, put key and token where `projects.\(project)` points, and reload clusterbot (SIGHUP;"
                + " from the environment: restart it)."
        case 403:
            return
                "The credentials of project \(project) may not do this (403\(words)). They have the rights of the person"
                + " who made them; check that person's role in the project."
        case 404:
            return
                "The API did not find it (404\(words)). Check the ids in the command, and id, project and location of"
                + " cluster \(cluster) in the configuration."
        case 429:
            return "The API takes no more requests for the moment (429\(words)). Nothing was done; ask again later."
        default:
            let why = said.isEmpty ? "" : ": “\(said)”"
            return "The API refused it\(why) (\(status)). Nothing changed."
        }
    }
}
