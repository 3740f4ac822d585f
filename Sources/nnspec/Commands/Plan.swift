import Diagnostics
import NNSpecKit

extension Command {
    static var plan: Command {
        let stages = EmitStage.allCases.map(\.rawValue).joined(separator: ", ")
        return Command(
            "plan", "show the compiled network: layers, memory, the instructions of a step", arguments: [.spec],
            flags: [
                .set, Flag(name: "emit", placeholder: "STAGE", help: "show one stage of the compiler instead: \(stages)"), .format, .json, .quiet,
            ]
        ) { (invocation, sink) throws(Stopped) in
            let stage = try invocation.choice("emit", EmitStage.self, sink)
            if let stage, invocation.has("json") {
                throw sink.fail(.badFlagValue("emit", found: stage.rawValue, expected: "no --emit together with --json"))
            }
            let depth: Project.Depth = stage == .nodes || stage == .spec ? .spec : .rows
            let project = try Project.load(path: invocation.arguments[0], overrides: invocation.values("set"), lookingAt: depth, sink: sink)
            let text = invocation.has("json") ? try project.planJSON(sink: sink) : try project.plan(emit: stage, sink: sink)
            try StandardOutput.write(text, sink: sink)
        }
    }
}
