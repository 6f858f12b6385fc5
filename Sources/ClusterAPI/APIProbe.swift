/// One of the API's reads, tried out.
package struct APIProbe: Hashable, Sendable {
    /// The request without the key: `GET /distributed_jobs_v2/cluster/?project_id=1187&location=Delhi`.
    package let request: String
    /// Whether the API answered as documented.
    package let works: Bool
    /// A sentence that says what came of it, and what to do if it does not work.
    package let sentence: String
    /// The reply's outline, over several lines; nil if there is none worth showing. No secrets, nothing about people.
    package let outline: String?
}
