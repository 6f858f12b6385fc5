/// What people and the cluster API could write so that a platform takes it for more than text.
package enum HostileTexts {
    package static let all = [
        "<!channel>", "<!here>", "<!everyone>", "<!subteam^S1|@leads>", "<@U1>", "<@U1|amy>", "<#C1|ops>",
        "&lt;!channel&gt;",
        "<https://evil.example|approved>", "https://evil.example", "<mailto:a@b.example>",
        "<!date^1^{date}^https://evil.example|now>",
        "*bold*", "_slanted_", "~gone~", "`code`", "```block```", "*", "**", "* * *", "*a* _b_ ~c~ `d`", "_*~x~*_",
        "a*b*c",
        "> quoted", ">quoted", ">>> quoted", "  > quoted", "line\n> quoted", "line\r> quoted", "line\u{2028}> quoted",
        "a\n\n*b*",
        ":white_check_mark:", ":+1:", ":100:", "a:heart:b", ":white_check_mark::skin-tone-2:", ":チェック:",
        "`; <!channel>", "x` <@U1> `y", "*\n<!channel>\n*", "\n#17 approved by *bob*", "\u{202E}gnp.exe",
        "\u{2066}x\u{2069}",
        "\u{200B}*x*\u{200B}", "\u{FEFF}_x_", "\u{0}<@U1>", "\u{1B}[31m", "\u{E0041}", "<", ">", "&", "&amp;",
        "<<@U1>>", "<\u{0301}@U1>",
        "*\u{0301}x*", "`\u{0301}x`", "%<!channel>", "\\<!channel>", "\\*x\\*", "\"},{\"type\":\"divider\"",
    ]
}
