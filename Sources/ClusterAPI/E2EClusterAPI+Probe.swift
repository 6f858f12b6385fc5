import BotCore
import CurlHTTP

extension E2EClusterAPI {
    /// Tries the reads with a project's credentials, for `doctor`: the list of clusters, and if that works the first of
    /// them, reserved IPs, security groups, SSH keys and images.
    package func probe(project name: String) async -> [APIProbe] {
        let project: ClusterAPISettings.Project
        do {
            project = try readableProject(name)
        } catch {
            return [APIProbe(request: "project \(name)", works: false, sentence: error.message, outline: nil)]
        }
        let (list, envelope) = await probe("/distributed_jobs_v2/cluster/", query: project.query, project, name)
        guard list.works else { return [list] }
        var reads: [(path: String, query: String)] = []
        if let first = envelope.flatMap(Self.clusters)?.first?["id"]?.lenientInt {
            reads.append((ClusterCall.path(ofCluster: first), project.query))
        }
        reads.append(("/reserved_ips/", project.query))
        reads.append(("/security_groups/", project.query))
        reads.append(("/ssh_keys/", "location=\(project.location.percentEncoded)"))
        reads.append(("/distributed_jobs_v2/deployment_images/Slurm/", "\(project.query)&job_type=Slurm"))
        var probes = [list]
        for read in reads { probes.append(await probe(read.path, query: read.query, project, name).probe) }
        return probes
    }

    private func probe(
        _ path: String,
        query: String,
        _ project: ClusterAPISettings.Project,
        _ name: String
    ) async -> (probe: APIProbe, envelope: Envelope?) {
        let request = redactor.redacted("GET \(path)?\(query)")
        do {
            let response = try await fetch(
                path,
                query: query,
                project: project,
                named: name,
                until: clock.uptime + settings.totalTimeout
            )
            let outline = (try? JSONValue(parsing: response.body)).map { ReplyOutline(redactor: redactor).text($0) }
            guard let envelope = Envelope(response.body), (200..<300).contains(response.status),
                !envelope.reportsFailure
            else {
                let refusal = ReadRefusal(redactor: redactor, cluster: "(any)", project: name)
                let sentence = redactor.redacted(refusal.text(response))
                return (APIProbe(request: request, works: false, sentence: sentence, outline: outline), nil)
            }
            let flaw = envelope.flaw.map { ", though not in its documented form: \($0)" } ?? ""
            let sentence = "The API answered \(response.status)\(flaw)."
            return (APIProbe(request: request, works: true, sentence: sentence, outline: outline), envelope)
        } catch {
            let sentence = redactor.redacted(error.message)
            return (APIProbe(request: request, works: false, sentence: sentence, outline: nil), nil)
        }
    }
}
