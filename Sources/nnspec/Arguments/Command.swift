import Diagnostics

/// A flag of the command line. Parsing and help both come from here.
package struct Flag {
    let name: String
    /// "N" in `--threads N`; nil for a switch.
    var placeholder: String?
    let help: String
    var isRepeatable = false
    var isAvailable = true

    package init(name: String, placeholder: String? = nil, help: String, isRepeatable: Bool = false, isAvailable: Bool = true) {
        self.name = name
        self.placeholder = placeholder
        self.help = help
        self.isRepeatable = isRepeatable
        self.isAvailable = isAvailable
    }
}

/// A word that stands for itself, by its place.
package struct Argument {
    let name: String
    let help: String
    /// Whether the command also runs without it.
    var isOptional = false

    /// As the usage line shows it.
    var written: String { isOptional ? "[\(name)]" : name }
}

/// A command: its row in the table and what it does.
package struct Command {
    let name: String
    var arguments: [Argument] = []
    let summary: String
    var flags: [Flag] = []
    var run: (Invocation, DiagnosticSink) throws(Stopped) -> Void

    /// Whether this version has it.
    var isAvailable = true

    package init(
        _ name: String, _ summary: String, arguments: [Argument] = [], flags: [Flag] = [],
        run: @escaping (Invocation, DiagnosticSink) throws(Stopped) -> Void
    ) {
        self.name = name
        self.summary = summary
        self.arguments = arguments
        self.flags = flags
        self.run = run
    }

    /// A command of the language that this version does not have yet.
    static func later(_ name: String, _ summary: String) -> Command {
        var command = Command(name, summary) { (_, sink) throws(Stopped) in throw sink.fail(.commandNotAvailable(name)) }
        command.isAvailable = false
        return command
    }

    /// Whether its `--format` says how messages are printed, and not how a data file is written.
    var choosesMessageForm: Bool { flags.contains { $0.name == Flag.format.name && $0.placeholder == Flag.format.placeholder } }

    var usage: String {
        (["nnspec", name] + arguments.map(\.written)).joined(separator: " ") + (flags.contains { $0.isAvailable } ? " [flags]" : "")
    }
}

/// A command with what was written behind it.
package struct Invocation {
    let arguments: [String]
    let flags: [(name: String, value: String)]

    func has(_ flag: String) -> Bool { flags.contains { $0.name == flag } }
    func value(_ flag: String) -> String? { flags.last { $0.name == flag }?.value }
    func values(_ flag: String) -> [String] { flags.filter { $0.name == flag }.map(\.value) }
}
