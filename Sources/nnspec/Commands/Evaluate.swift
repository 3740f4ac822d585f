import Diagnostics
import NNSpecKit

extension Command {
    static var evaluate: Command {
        Command(
            "evaluate", "measure a trained model", arguments: [.run],
            flags: [
                Flag(
                    name: "data", placeholder: "FILE",
                    help: "measure on this file, which holds the target, instead of the run's own data; - is the standard input"),
                Flag(
                    name: "targets", placeholder: "FILE", help: "with --data: the array file of the targets, where that of --data holds inputs only"),
                .dataFormat, .query, .json, .quiet,
            ]
        ) { (invocation, sink) throws(Stopped) in
            if invocation.value("data") == nil, let flag = ["targets", "format", "query"].first(where: invocation.has) {
                throw sink.fail(.flagWithoutData(flag))
            }
            let data: ModelFile? = try invocation.value("data").map { path throws(Stopped) in try invocation.modelInput(path, sink: sink) }
            let parts = try Evaluation.run(invocation.arguments[0], data: data, sink: sink)
            let text = invocation.has("json") ? JSONDocument.evaluations(parts) : EvaluationTable.text(parts) + ConfusionTable.text(parts)
            try StandardOutput.write(text, sink: sink)
        }
    }
}
