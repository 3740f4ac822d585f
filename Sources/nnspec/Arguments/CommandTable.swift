/// The one table of commands and flags.
package enum CommandTable {
    package static var all: [Command] {
        [
            .train, .findLearningRate, .check, .plan, .render, .evaluate, .predict, .inspect, .initialize, .schema, .explain, .completions,
            .later("trace", "follow one step of training number by number"),
            .later("gradcheck", "compare gradients with finite differences"),
            .later("diff", "compare two specs or two runs"),
            .later("log", "list the runs in git's history"),
            .later("compare", "put several runs side by side"),
            .later("verify", "train again and compare the bytes"),
            .later("sweep", "train over a grid or a random choice of settings"),
            .later("export", "write a model for another tool"),
        ]
    }

    static func find(_ name: String) -> Command? { all.first { $0.name == name } }
}

extension Flag {
    static let help = Flag(name: "help", help: "show this help (also -h)")
    static let version = Flag(name: "version", help: "show the version")
    static let set = Flag(
        name: "set", placeholder: "KEY=VALUE", help: "replace a setting of the spec, e.g. --set training.epochs=5", isRepeatable: true)
    static let format = Flag(
        name: "format", placeholder: "FORM", help: "how messages are printed: text, or github for annotations of a workflow")
    static let json = Flag(name: "json", help: "print one JSON document on stdout")
    static let quiet = Flag(name: "quiet", help: "print diagnostics only")
    static let threads = Flag(name: "threads", placeholder: "N", help: "use N threads; the result is the same for every N")
    static let maxMemory = Flag(name: "max-memory", placeholder: "SIZE", help: "refuse to start if more is needed, e.g. 500M or 2G")
}

extension Argument {
    static let spec = Argument(name: "SPEC", help: "a spec file, such as iris.yaml")
    static let run = Argument(name: "RUN", help: "a run folder, such as runs/iris, or a weights.json")
}
