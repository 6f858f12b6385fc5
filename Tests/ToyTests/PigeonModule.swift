import BotCore
import ChatKit
import ConfigurationTree
import CurlHTTP

/// Pigeon post. The toy of the handbook's page "Adding a platform": birds (people) and lofts (channels) of one flock.
struct PigeonModule: ChatModule {
    let name = "pigeon"
    let title = "Pigeon post"
    let section = TableShape("`pigeon`", ["flock", "signing_secret", "url"])
    let innerSections: [TableShape] = []
    let laterGroupKeys: Set<String> = []
    let exampleAccount = "pigeon:dove/amy"
    let exampleChannel = "pigeon:dove/ops"
    let idForm = IDCheck.plainForm

    func check(_ account: Account) -> IDCheck { IDCheck.isPlain(account.user) ? .fine : .wrong }
    func check(_ channel: Channel) -> IDCheck { IDCheck.isPlain(channel.id) ? .fine : .wrong }

    func settings(_ section: ChatSection) -> (any ChatSettings)? {
        let flock = section.table.required("flock", "dove")?.text("the flock's name")
        let url = section.table.required("url", "https://pigeon.example/")?.webAddress("https://pigeon.example/")
        let secret = section.table.required("signing_secret", "{env: PIGEON_SECRET}")
            .flatMap {
                section.secrets.secret($0, SecretKind(what: "a pigeon's secret", form: "one word") { _ in true })
            }
        guard let flock, let url, let secret else { return nil }
        return PigeonSettings(flock: flock, url: url, secret: secret)
    }
}
