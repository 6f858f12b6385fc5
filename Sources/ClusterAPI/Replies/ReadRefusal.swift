import CurlHTTP

/// A sentence for people that says why a reply to a read is of no use.
struct ReadRefusal {
    let redactor: Redactor
    let cluster: String
    let project: String

    func text(_ response: CurlResponse) -> String {
        let status = response.status
        guard let envelope = Envelope(response.body), envelope.reportsFailure || envelope.isRefusal else {
            let what = "The API's server answered \(status) \(BodyDescription(redactor: redactor).text(response.body))."
            // What stands between may answer 5xx for the right server.
            return status < 500
                ? "\(what) Check `cluster_api.base_url`: another server may be answering there." : what
        }
        return RefusalSentence(status: envelope.refusalCode ?? status, cluster: cluster, project: project)
            .text(envelope.words(redactor))
    }
}
