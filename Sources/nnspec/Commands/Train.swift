import Diagnostics
import NNSpecKit

extension Command {
    static var train: Command {
        Command(
            "train", "train the network of a spec and write its run folder", arguments: [.spec],
            flags: [
                .set, Flag(name: "output", placeholder: "DIR", help: "write runs under DIR instead of the spec's output.directory"),
                Flag(name: "threads", placeholder: "N", help: "use N threads; the result is the same for every N"),
                Flag(name: "max-memory", placeholder: "SIZE", help: "refuse to start if more is needed, e.g. 500M or 2G"),
                .format, .json, .quiet,
                Flag(name: "resume", help: "go on with an interrupted run", isAvailable: false),
                Flag(name: "dry-run", help: "do all but train", isAvailable: false),
                Flag(name: "stop-after", placeholder: "EPOCH", help: "stop after an epoch, to be resumed", isAvailable: false),
            ]
        ) { (invocation, sink) throws(Stopped) in
            var options = TrainOptions()
            options.threads = try invocation.count("threads", upTo: 1024, sink)
            options.maxMemory = try invocation.byteCount("max-memory", sink)
            options.outputDirectory = invocation.value("output")
            let project = try Project.load(path: invocation.arguments[0], overrides: invocation.values("set"), lookingAt: .rows, sink: sink)
            let isQuiet = invocation.has("quiet")
            let progress = ProgressView(isQuiet ? .none : StandardError.isTerminal ? .live : .lines)
            defer { progress.finish() }
            let summary = try project.train(options: options, observer: progress, sink: sink)
            progress.finish()
            if invocation.has("json") {
                try StandardOutput.write(JSONDocument.summary(summary, sink.diagnostics), sink: sink)
            } else if !isQuiet {
                try StandardOutput.write(TrainingSummary.text(summary), sink: sink)
            }
        }
    }
}
