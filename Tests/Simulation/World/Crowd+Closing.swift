import BotCore
import TestSupport

/// How people close clusters and open them again.
extension Crowd {
    func close() {
        let cluster = world.random.pick(Rules.allClusters)
        let span = world.random.between(5, 240)
        let scope = world.random.pick(["everything", "\(cluster.id)", "kind=\(cluster.labels["kind"] ?? "")"])
        let freeze = world.disk.state.freezes.last?.name ?? "F1"
        let text = world.random.weighted([
            (6, "\(cluster.id) lock \"mine\" --for \(span)s"), (2, "\(cluster.id) unlock"),
            (2, "\(cluster.id) unlock \"enough\""), (3, "freeze \"release\" --for \(span / 2)s \(scope)"),
            (2, "unfreeze \(freeze)"), (2, "unfreeze \(freeze) \"enough\""), (1, "locks"), (1, "freezes"),
            (1, "unfreeze \(Rules.Pause.name) \"enough\""),
        ])
        let someone = world.random.weighted([(4, Person.bob), (4, .cat), (2, .amy), (1, .eve)])
        type(text, Delivery(key: nextKey(), account: someone.accounts[0], kind: .other, at: world.scheduler.uptime))
    }

    /// Somebody asks for a change in the very moment in which a lock or a freeze ends, by the machine's clock.
    func askAgain(on cluster: Int, at moment: Timestamp) {
        let uptime = moment.milliseconds * 1000 - World.origin - world.clockError
        let account = world.random.pick([Person.amy, .ann]).accounts[0]
        let image = world.random.between(100, 900)
        for early in [0, 1.milliseconds] where uptime - early > world.scheduler.uptime {
            world.scheduler.after(uptime - early - world.scheduler.uptime, of: .world) { [unowned self] in
                guard !isDone else { return }
                let delivery = Delivery(
                    key: nextKey(),
                    account: account,
                    kind: .request(
                        cluster: cluster,
                        action: "update_image",
                        arguments: ["image_version_id": .int(image + early / 1.milliseconds)]
                    ),
                    at: world.scheduler.uptime
                )
                type("\(cluster) image \(image + early / 1.milliseconds)", delivery, in: .ops)
            }
        }
    }
}
