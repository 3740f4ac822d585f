import Diagnostics

/// What the arguments ask for.
package enum Request {
    case help(Command?)
    case version
    case run(Command, Invocation)
}

/// Reads the arguments by the table of commands. Errors: E40xx.
package enum ArgumentScanner {
    package static func scan(_ words: [String], commands: [Command] = CommandTable.all, sink: DiagnosticSink) throws(Stopped) -> Request {
        guard let first = words.first else { throw sink.fail(.noCommand()) }
        switch first {
        case "--help", "-h": return .help(nil)
        case "--version": return .version
        case "help":
            guard words.count > 1 else { return .help(nil) }
            return .help(try command(words[1], commands, sink))
        default: break
        }
        if first.hasPrefix("-") { throw sink.fail(.unknownFlag(first, command: nil, known: [.help, .version])) }
        let command = try command(first, commands, sink)
        var scan = CommandScan(command: command, words: Array(words.dropFirst()))
        return try scan.request(sink)
    }

    private static func command(_ name: String, _ commands: [Command], _ sink: DiagnosticSink) throws(Stopped) -> Command {
        guard let command = commands.first(where: { $0.name == name }) else { throw sink.fail(.unknownCommand(name)) }
        return command
    }
}

/// The words behind a command, read one after the other.
private struct CommandScan {
    let command: Command
    let words: [String]
    private var at = 0
    private var arguments: [String] = []
    private var flags: [(name: String, value: String)] = []

    init(command: Command, words: [String]) {
        self.command = command
        self.words = words
    }

    mutating func request(_ sink: DiagnosticSink) throws(Stopped) -> Request {
        let options = words.prefix { $0 != "--" }
        if options.contains("--help") || options.contains("-h") { return .help(command) }
        if !command.isAvailable { throw sink.fail(.commandNotAvailable(command.name)) }
        if options.contains("--version") { return .version }
        var onlyArguments = false
        while at < words.count {
            let word = words[at]
            at += 1
            if !onlyArguments, word == "--" {
                onlyArguments = true
            } else if !onlyArguments, word.hasPrefix("-"), word.utf8.count > 1 {
                try flag(word, sink)
            } else {
                arguments.append(word)
            }
        }
        let wanted = command.arguments.count
        if arguments.count < wanted, !command.arguments[arguments.count].isOptional {
            throw sink.fail(.missingArgument(command.arguments[arguments.count], of: command))
        }
        if arguments.count > wanted {
            let key = flags.last { $0.name == "set" && !$0.value.contains("=") }?.value
            throw sink.fail(.tooManyArguments(arguments[wanted], of: command, after: key))
        }
        return .run(command, Invocation(arguments: arguments, flags: flags))
    }

    private mutating func flag(_ word: String, _ sink: DiagnosticSink) throws(Stopped) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let written = String(parts[0])
        guard written.hasPrefix("--"), let flag = command.flags.first(where: { $0.name == written.dropFirst(2) }) else {
            throw sink.fail(.unknownFlag(written, command: command, known: command.flags + [.help, .version]))
        }
        if !flag.isAvailable { throw sink.fail(.flagNotAvailable(flag)) }
        if !flag.isRepeatable, flags.contains(where: { $0.name == flag.name }) { throw sink.fail(.flagTwice(flag)) }
        var value = parts.count > 1 ? String(parts[1]) : nil
        if flag.placeholder == nil {
            if let value { throw sink.fail(.flagWithValue(flag, value)) }
        } else if value == nil, at < words.count {
            value = words[at]
            at += 1
        }
        if flag.placeholder != nil, value == nil || value == "" { throw sink.fail(.flagWithoutValue(flag, command)) }
        flags.append((flag.name, value ?? ""))
    }
}
