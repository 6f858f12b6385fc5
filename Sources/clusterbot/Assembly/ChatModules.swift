import ChatKit
import SlackChat

/// The chat platforms that there are. Another one is a line here.
enum ChatModules {
    static let all: [any ChatModule] = [
        SlackModule()
    ]
}
