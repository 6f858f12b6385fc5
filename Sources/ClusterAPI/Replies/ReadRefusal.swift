import CurlHTTP

/// A sentence for people that says why a reply to a read is of no use.
struct ReadRefusal {
    let redactor: Redactor
    let cluster: String
    let project: String

    func text(_ response: CurlResponse) -> String {
        let status = response.status
        guard let envelope = Envelope(response.body), envelope.reportsFailure || envelope.isRefusal else {
            return "The API's server answered \(status) \(BodyDescription(redactor: redactor).text(response.body))."
        }
        return RefusalSentence(status: envelope.refusalCode ?? status, cluster: cluster, project: project)
            .text(envelope.words(redactor))
    }
}
