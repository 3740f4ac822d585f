/// Help, made from the table of commands.
enum HelpText {
    static var overview: String {
        let commands = CommandTable.all.filter(\.isAvailable)
        let rows = commands.map { command in ("  " + ([command.name] + command.arguments.map(\.written)).joined(separator: " "), command.summary) }
        let flags = [Flag.help, .version].map { ("  --\($0.name)", $0.help) }
        let later = CommandTable.all.filter { !$0.isAvailable }.map(\.name).joined(separator: ", ")
        return """
            nnspec trains neural networks that are described in YAML.

            usage: nnspec COMMAND [arguments] [flags]

            commands
            \(columns(rows))
            flags
            \(columns(flags))
            `nnspec COMMAND --help` tells more about a command.
            Not in this version: \(later).

            """
    }

    static func of(_ command: Command) -> String {
        var text = "nnspec \(command.name): \(command.summary)\n\n"
        if !command.isAvailable { return text + "Not available in this version.\n" }
        text += "usage: \(command.usage)\n\n"
        if !command.arguments.isEmpty { text += "arguments\n" + columns(command.arguments.map { ("  \($0.name)", $0.help) }) + "\n" }
        let flags = (command.flags + [.help]).filter(\.isAvailable)
        text +=
            "flags\n"
            + columns(flags.map { ("  --\($0.name)" + ($0.placeholder.map { " \($0)" } ?? ""), $0.help + ($0.isRepeatable ? " (repeatable)" : "")) })
        return text
    }

    private static func columns(_ rows: [(String, String)]) -> String {
        let width = rows.map { $0.0.count }.max() ?? 0
        return rows.map { $0.0.padded(to: width) + "  " + $0.1 + "\n" }.joined()
    }
}

extension String {
    /// Filled with blanks behind.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// Filled with blanks before.
    func aligned(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
