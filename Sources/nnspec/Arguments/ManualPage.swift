import NNSpecKit

/// The manual page, docs/nnspec.1, made from the table of commands. Without a date: the same program gives the same text.
enum ManualPage {
    static var text: String {
        let commands = CommandTable.all.filter(\.isAvailable)
        let later = CommandTable.all.filter { !$0.isAvailable }.map(\.name)
        var page = """
            .\\" Made by `nnspec completions man`, from the program's own table of commands.
            .TH NNSPEC 1 "" "nnspec \(NNSpec.version)" "User Commands"
            .SH NAME
            nnspec \\- train neural networks that are described in YAML
            .SH SYNOPSIS
            .B nnspec
            .I COMMAND
            .RI [ arguments ]
            .RI [ flags ]
            .SH DESCRIPTION
            A spec is a few lines of YAML that name the data, the column to predict and the layers of a network.
            .B nnspec train
            compiles it, trains it and writes a run folder with the weights as JSON.
            The same spec and data give the same bytes every time, on any number of threads.
            Results go to standard output, progress and diagnostics to standard error.
            .SH COMMANDS

            """
        for command in commands { page += section(command) }
        page += """
            .SH COMMON FLAGS
            \(entries([.help, .version].map(row)))
            """
        if !later.isEmpty { page += ".SH NOT IN THIS VERSION\n\(roff(later.joined(separator: ", "))).\n" }
        return page + ending
    }

    private static func section(_ command: Command) -> String {
        let flags = command.flags.filter(\.isAvailable)
        return ".SS \(roff(command.usage))\n\(sentence(command.summary))\n"
            + entries(command.arguments.map { (".I \(roff($0.name))", $0.help) } + flags.map(row))
    }

    private static func row(_ flag: Flag) -> (String, String) {
        let name = roff("--\(flag.name)")
        let tag = flag.placeholder.map { ".BI \"\(name) \" \(roff($0))" } ?? ".B \(name)"
        return (tag, flag.help + (flag.isRepeatable ? " (repeatable)" : ""))
    }

    /// Tagged paragraphs.
    private static func entries(_ rows: [(tag: String, help: String)]) -> String {
        rows.map { ".TP\n\($0.tag)\n\(sentence($0.help))\n" }.joined()
    }

    private static func sentence(_ text: String) -> String {
        let first = text.prefix(1).uppercased()
        return roff(first + text.dropFirst() + (text.hasSuffix(".") ? "" : "."))
    }

    /// Hyphens that can be copied, backslashes as they are, no line taken for a request.
    private static func roff(_ text: String) -> String {
        let escaped = String(text.flatMap { $0 == "\\" ? Array("\\e") : $0 == "-" ? Array("\\-") : [$0] })
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    private static var ending: String {
        """
        .SH EXIT STATUS
        \(entries(statuses.map { (".B \($0.0)", $0.1) })).SH ENVIRONMENT
        \(entries([(".B NO_COLOR", "if it is set and not empty, nothing is coloured")])).SH FILES
        \(entries(files.map { (".I \($0.0)", $0.1) })).SH EXAMPLES
        .nf
        nnspec init iris.csv \\-\\-output iris.yaml
        nnspec check iris.yaml
        nnspec train iris.yaml \\-\\-set training.epochs=50
        nnspec evaluate runs/iris
        nnspec predict runs/iris new.csv
        .fi

        """
    }

    private static let statuses = [
        ("0", "done"), ("1", "a promise is not met"), ("2", "wrong usage: an unknown command or flag, a missing argument"),
        ("3", "the spec is invalid"), ("4", "a data or weights file is invalid or does not fit the spec"), ("5", "the training diverged"),
        ("6", "the system refused: disk full, no permission, more memory than --max-memory"), ("70", "a bug of nnspec"),
        ("130", "stopped by SIGINT; the state is saved, and --resume goes on"), ("143", "the same by SIGTERM"),
        ("141", "whoever read the output closed it, as head does; nothing is said"),
    ]
    private static let files = [
        ("runs/NAME/spec.resolved.yaml", "the spec with every default"),
        ("runs/NAME/weights.json", "the weights kept, the fitted preprocessing and the class names"),
        ("runs/NAME/metrics.csv", "one row per epoch"),
        ("runs/NAME/evaluation.json", "the final metrics of every part of the data"),
        ("runs/NAME/checkpoint", "what --resume needs"),
        ("runs/NAME/run.json", "all that may differ between runs: times, host, threads"),
    ]
}
