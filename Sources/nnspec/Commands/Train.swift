import Diagnostics
import NNSpecKit

extension Command {
    static var train: Command {
        Command(
            "train", "train the network of a spec and write its run folder", arguments: [.spec],
            flags: [
                .set, Flag(name: "output", placeholder: "DIR", help: "write runs under DIR instead of the spec's output.directory"),
                .threads, .maxMemory, .format, .json, .quiet,
                Flag(name: "resume", help: "go on with an interrupted run, as if it had not been interrupted"),
                Flag(name: "stop-after", placeholder: "EPOCH", help: "stop after an epoch, to be resumed"),
                Flag(name: "dry-run", help: "do all but train, and write nothing"),
                Flag(name: "overfit", placeholder: "N", help: "train on N rows alone, and write nothing: can the network learn them by heart?"),
            ]
        ) { (invocation, sink) throws(Stopped) in
            var options = TrainOptions()
            options.threads = try invocation.count("threads", upTo: 1024, sink)
            options.maxMemory = try invocation.byteCount("max-memory", sink)
            options.outputDirectory = invocation.value("output")
            options.stopAfter = try invocation.count("stop-after", upTo: 1_000_000_000, sink)
            options.resumes = invocation.has("resume")
            options.resumeCommand = resumeCommand(invocation)
            if invocation.has("overfit") { return try overfit(invocation, options, sink) }
            Interruption.install()
            let project = try Project.load(path: invocation.arguments[0], overrides: invocation.values("set"), lookingAt: .rows, sink: sink)
            let isQuiet = invocation.has("quiet")
            let progress = ProgressView(isQuiet ? .none : StandardError.isTerminal ? .live : .lines)
            defer { progress.finish() }
            if invocation.has("dry-run") {
                let isOfFolds = project.foldCount != nil
                let outline =
                    try isOfFolds
                    ? project.rehearseFolds(options: options, sink: sink) : project.rehearse(options: options, sink: sink)
                progress.trainingWillStart(outline)
                let text = "nothing was trained: spec, data and memory are as \(NumberText.count(outline.epochs, "epoch")) need them\n"
                if invocation.has("json") || !isQuiet {
                    try StandardOutput.write(invocation.has("json") ? JSONDocument.outcome(sink.diagnostics) : text, sink: sink)
                }
                return
            }
            if project.foldCount != nil {
                let summary = try project.trainFolds(options: options, observer: progress, sink: sink)
                progress.finish()
                if invocation.has("json") {
                    let text = summary.map { JSONDocument.folds($0, sink.diagnostics) } ?? JSONDocument.outcome(sink.diagnostics)
                    try StandardOutput.write(text, sink: sink)
                } else if !isQuiet, let summary {
                    try StandardOutput.write(FoldTable.text(summary), sink: sink)
                }
                return
            }
            let summary = try project.train(options: options, observer: progress, sink: sink)
            progress.finish()
            if invocation.has("json") {
                let text = summary.map { JSONDocument.summary($0, sink.diagnostics) } ?? JSONDocument.outcome(sink.diagnostics)
                try StandardOutput.write(text, sink: sink)
            } else if !isQuiet, let summary {
                try StandardOutput.write(TrainingSummary.text(summary), sink: sink)
            }
        }
    }

    /// Whether the network can learn a few rows by heart; the exit status says so too.
    private static func overfit(_ invocation: Invocation, _ options: TrainOptions, _ sink: DiagnosticSink) throws(Stopped) {
        guard let count = try invocation.count("overfit", upTo: 1_000_000_000, sink) else { return }
        for flag in ["resume", "stop-after", "dry-run", "output"] where invocation.has(flag) { throw sink.fail(.besideOverfit(flag)) }
        let project = try Project.load(path: invocation.arguments[0], overrides: invocation.values("set"), lookingAt: .rows, sink: sink)
        let isQuiet = invocation.has("quiet")
        let progress = ProgressView(isQuiet ? .none : StandardError.isTerminal ? .live : .lines)
        defer { progress.finish() }
        let report = try project.overfit(rows: count, options: options, observer: progress, sink: sink)
        progress.finish()
        if invocation.has("json") {
            try StandardOutput.write(JSONDocument.overfit(report, sink.diagnostics), sink: sink)
        } else if !isQuiet {
            try StandardOutput.write(OverfitText.text(report), sink: sink)
        }
    }

    /// The same command with `--resume`, without what was for one part of the run only.
    private static func resumeCommand(_ invocation: Invocation) -> String {
        var words = ["nnspec", "train"] + invocation.arguments.map(ShellWord.quoted)
        for (name, value) in invocation.flags where ["set", "output", "threads", "max-memory"].contains(name) {
            words += ["--\(name)", ShellWord.quoted(value)]
        }
        return (words + ["--resume"]).joined(separator: " ")
    }
}
