import BotCore

extension Rules {
    /// The rules with something taken away, made stricter, or put back.
    func replaced(_ random: inout SeededNumbers) -> Rules {
        var rules = self
        rules.version += 1
        let groupNames = ["engineers", "leads", "owners"]
        switch random.below(11) {
        case 0, 1:
            let group = random.pick(groupNames)
            let someone = random.pick(Person.allCases).name
            if rules.groups[group]?.remove(someone) == nil { rules.groups[group] = Rules().groups[group] }
        case 2:
            let account = random.pick(Person.allCases.flatMap(\.accounts))
            if rules.people.removeValue(forKey: account) == nil { rules.people = Rules().people }
        case 3:
            let stricter = Way.agree([Seat(group: "leads", count: 2)])
            rules.ways["prod"] = rules.ways["prod"] == [stricter] ? Rules().ways["prod"] : [stricter]
        case 4:
            rules.ways["dev"] = rules.ways["dev"] == [.free] ? [.agree([Seat(group: "leads", count: 1)])] : [.free]
        case 5:
            let ban = Ban(
                label: random.pick(["dev", "prod", "lab", "pair", "either", "both"]),
                action: random.pick(ActionCatalogue.all).name
            )
            if rules.bans.isEmpty { rules.bans.insert(ban) } else { rules.bans = [] }
        case 6: rules.mostNodes = rules.mostNodes == 8 ? 2 : 8
        case 7: rules.pairInOpsOnly.toggle()
        case 9: rules.pause = rules.pause == nil ? Rules().pause : nil
        case 8:
            let index = random.below(Self.allClusters.count)
            let cluster = Self.allClusters[index]
            if rules.clusters == Self.allClusters {
                rules.clusters[index] = Cluster(
                    id: cluster.id,
                    name: cluster.name,
                    project: "moved",
                    labels: cluster.labels
                )
            } else {
                rules.clusters = Self.allClusters
            }
        default:
            if rules.clusters == Self.allClusters {
                rules.clusters.remove(at: random.below(rules.clusters.count))
            } else {
                rules.clusters = Self.allClusters
            }
        }
        return rules
    }
}
