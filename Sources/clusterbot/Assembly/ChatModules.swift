import ChatKit
import SlackChat
import TerminalChat

/// The registered chat platforms. Another one is a line here.
enum ChatModules {
    static let all: [any ChatModule] = [
        SlackModule(),
        TerminalModule(),
    ]
}
